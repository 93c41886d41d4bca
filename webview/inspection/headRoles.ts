/**
 * @file What each head of a model does, and what the model is without it. Must not know whose text
 * the loss is measured on.
 */
import type { HeadScores, RoleScores } from '../protocol/attentionMaps';
import type { Probe } from '../trace/probe';
import { runProbe, type Subject } from '../training/probe';
import { attentionsOf, type Attention } from './attentions';
import { diagnosticBatch } from './diagnosticBatch';
import { notFinite } from './shownText';
import { evenScores, nameRole, scoresOf } from './headScores';

export interface DiagnosedHeads {
  readonly period: number;
  readonly even: RoleScores;
  readonly heads: readonly HeadScores[];
}

/** All heads in the order of a pass, from one pass over the diagnostic batch. */
export async function headRolesOf(subject: Subject, endOfText: number): Promise<DiagnosedHeads> {
  const { config } = subject;
  const { input, period } = diagnosticBatch(config, endOfText);
  const causal = config.mask === 'causal';
  const even = evenScores(period, causal);
  const attentions = attentionsOf(subject);
  const { captures } = await runProbe(subject, {
    input,
    capture: attentions.map(({ path }) => ({ at: path, what: 'value' })),
    interventions: [],
  });
  const heads = attentions.flatMap(({ path, heads: count }, index) => {
    const values = captures[index]?.values ?? new Float32Array();
    return Array.from({ length: count }, (_, head): HeadScores => {
      const patterns = rowsOf(values, { rows: input.batchSize, heads: count, head });
      const scores = scoresOf({ patterns, period, causal });
      if (!Object.values(scores).every(Number.isFinite)) throw notFinite(path);
      return { path, head, role: nameRole(scores, even), scores };
    });
  });
  return { period, even, heads };
}

/** The patterns of one head, [batch × head × query × key] → [query × key] of each row. */
function rowsOf(
  values: Float32Array,
  { rows, heads, head }: { readonly rows: number; readonly heads: number; readonly head: number },
): Float32Array[] {
  const size = values.length / (rows * heads);
  return Array.from({ length: rows }, (_, row) => {
    const start = (row * heads + head) * size;
    return values.subarray(start, start + size);
  });
}

/** A head whose results are taken away. */
export interface SilencedHead {
  readonly attention: Attention;
  readonly head: number;
}

/** Mean loss over some windows; where a head is silenced, as if its rows of W_O were zero. */
export async function lossWithout(
  subject: Subject,
  input: Probe['input'],
  silenced?: SilencedHead,
): Promise<number> {
  const { loss } = await runProbe(subject, {
    input,
    capture: [],
    interventions: silenced
      ? [
          {
            at: `${silenced.attention.module}.weightedValues`,
            do: 'zero',
            where: [{ axis: 'head', index: [silenced.head] }],
          },
        ]
      : [],
  });
  return loss;
}
