/**
 * @file What `run.transformer.json` holds: a configuration that anyone can train again, and beside
 * it the record of one run. Read as what it is: a file that anyone may have edited.
 */
import * as vscode from 'vscode';
import { backendReportSchema } from '../../webview/config/backend';
import { PlaygroundError } from '../../webview/config/errors';
import { readRunConfig, type RunConfig } from '../../webview/config/run';
import * as z from '../../webview/config/zod';
import type { RunFacts } from '../../webview/protocol/engineApi';

const count = z.int().check(z.nonnegative());

/** What `Date.toISOString` writes. */
const dateTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/));

const noticeSchema = z.object({
  code: z.string(),
  severity: z.enum(['information', 'warning']),
  message: z.string(),
});

/** `RunFacts` without what stands elsewhere in the file. */
const measuredFactsSchema = z.object({
  parameters: count,
  vocabulary: count,
  trainTokens: count,
  validationTokens: count,
  charactersPerToken: z.number(),
  baselines: z.object({
    uniform: z.number(),
    bigram: z.exactOptional(z.number()),
    trigram: z.exactOptional(z.number()),
    floor: z.exactOptional(z.number()),
  }),
  backend: backendReportSchema,
  notices: z.array(noticeSchema),
});

export type MeasuredFacts = z.infer<typeof measuredFactsSchema>;

const savedCheckpointSchema = z.object({
  step: count,
  validationLoss: z.exactOptional(z.number()),
});

/** A checkpoint that was written. */
export type SavedCheckpoint = z.infer<typeof savedCheckpointSchema>;

/**
 * What was last known of a run: 'interrupted' if its engine went away, 'training' if its window
 * did.
 */
export const runStateSchema = z.enum([
  'training',
  'paused',
  'interrupted',
  'stopped',
  'finished',
  'failed',
]);
export type RunState = z.infer<typeof runStateSchema>;

const recordSchema = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  /** ISO 8601, as `updated`. */
  created: dateTime,
  updated: dateTime,
  state: runStateSchema,
  /** Of the last snapshot. */
  step: count,
  /**
   * The name of the text the run learns from; its content is in `data.txt`. Absent for the stories.
   */
  text: z.exactOptional(z.string()),
  checkpoints: z.array(savedCheckpointSchema),
  facts: z.exactOptional(measuredFactsSchema),
});

export type RunRecord = z.infer<typeof recordSchema>;

/** A run as its file describes it. */
export interface RunFile {
  readonly config: RunConfig;
  readonly record: RunRecord;
}

export function writeRunFile({ config, record }: RunFile): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ ...config, record }, undefined, 2)}\n`);
}

/** Throws a `PlaygroundError` that names the fields which cannot be used. */
export function readRunFile(bytes: Uint8Array): RunFile {
  const value = parseJson(new TextDecoder().decode(bytes));
  const config = readRunConfig(value);
  const parsed = z.object({ record: recordSchema }).safeParse(value);
  if (parsed.success) return { config, record: parsed.data.record };
  const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new PlaygroundError({
    code: 'run-invalid',
    message: vscode.l10n.t(
      'The record of the run “{0}” cannot be used. {1}.',
      config.name,
      fields.join('; '),
    ),
    remedy: vscode.l10n.t('Train it again from its configuration, which is sound.'),
  });
}

/** The engine's facts as the record keeps them. */
export function measuredFacts(facts: RunFacts): MeasuredFacts {
  const { parameters, vocabulary, trainTokens, validationTokens, charactersPerToken } = facts;
  const { backend, baselines, notices } = facts;
  return {
    parameters,
    vocabulary,
    trainTokens,
    validationTokens,
    charactersPerToken,
    baselines,
    backend,
    notices: [...notices],
  };
}

/**
 * The facts of a run that is not loaded, as of its last snapshot; undefined if it never was loaded.
 */
export function recordedFacts({ config, record }: RunFile): RunFacts | undefined {
  const { id, step, text, facts } = record;
  if (facts === undefined) return undefined;
  const named = text === undefined ? {} : { textName: text };
  return { runId: id, name: config.name, config, ...named, step, ...facts };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlaygroundError(
      {
        code: 'run-invalid',
        message: vscode.l10n.t('The record of a run is not JSON: it was damaged or cut off.'),
        remedy: vscode.l10n.t('Train again from a preset or from your text.'),
      },
      { cause },
    );
  }
}
