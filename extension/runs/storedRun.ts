/**
 * @file One run and its files: what a snapshot adds, what a resumed run reads. Snapshots are
 * written in order, and what one could not write the next one does. Knows neither where its files
 * lie nor who owns the run.
 */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { RunConfig } from '../../webview/config/run';
import { writeLines, type MetricPoint, type Sample } from '../../webview/formats/metrics';
import {
  checkpointFile,
  checkpointsToKeep,
  filesAfter,
  metricsFile,
  ownerFile,
  recordFile,
  samplesFile,
} from '../../webview/formats/runFolder';
import type { RunFacts, Snapshot } from '../../webview/protocol/engineApi';
import type { RoleGained } from '../../webview/protocol/moments';
import type { RunSummary } from '../../webview/protocol/playgroundApi';
import type { TextSource } from '../datasets/decodeText';
import { bestStep, type RunUsage } from './diskUsage';
import { bytesOfOlder, MomentFiles } from './momentFiles';
import { readLines } from './readLines';
import type { RunFiles } from './runFiles';
import {
  measuredFacts,
  readRunFile,
  recordedFacts,
  writeRunFile,
  type RunFile,
  type RunRecord,
  type RunState,
  type SavedCheckpoint,
} from './runRecord';
import { isWhole } from './wholeCheckpoint';

/** The user's text beside the run: resuming needs it exactly as it was. */
const textFile = 'data.txt';

/** All that a run has before its first snapshot. */
const beforeSnapshots: ReadonlySet<string> = new Set([recordFile, ownerFile, textFile]);

/** Everything measured, written and found up to a step. */
export interface RunHistory {
  readonly facts: RunFacts;
  readonly metrics: readonly MetricPoint[];
  readonly samples: readonly Sample[];
  /** What heads have become. */
  readonly gained: readonly RoleGained[];
}

/** With this and its record a run can be written from nothing. */
export interface RunContent {
  readonly text: TextSource | undefined;
  readonly metrics: readonly MetricPoint[];
  readonly samples: readonly Sample[];
}

/** A checkpoint file and the step it was written at. */
export interface Checkpoint {
  readonly step: number;
  readonly bytes: ArrayBuffer;
}

export class StoredRun {
  readonly files: RunFiles;
  readonly config: RunConfig;
  /** What was seen of it. */
  readonly moments: MomentFiles;
  private current: RunRecord;
  private pendingMetrics: readonly MetricPoint[] = [];
  private pendingSamples: readonly Sample[] = [];
  /** The newest snapshot, while it could not be written; its points and samples are pending. */
  private unwritten: Snapshot | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(files: RunFiles, { config, record }: RunFile) {
    this.files = files;
    this.moments = new MomentFiles(files);
    this.config = config;
    this.current = record;
  }

  /** A new run in an empty folder. Rejects if the folder cannot be written. */
  static async create(
    files: RunFiles,
    id: string,
    config: RunConfig,
    text: TextSource | undefined,
    now = new Date(),
  ): Promise<StoredRun> {
    const record: RunRecord = {
      id,
      created: now.toISOString(),
      updated: now.toISOString(),
      state: 'training',
      step: 0,
      checkpoints: [],
      ...(text === undefined ? {} : { text: text.name }),
    };
    const run = new StoredRun(files, { config, record });
    await run.writeWhole({ text, metrics: [], samples: [] });
    return run;
  }

  /** A run found on disk; undefined if the folder holds none. Throws if its record is damaged. */
  static async open(files: RunFiles): Promise<StoredRun | undefined> {
    const bytes = await files.read(recordFile);
    return bytes === undefined ? undefined : new StoredRun(files, readRunFile(bytes));
  }

  /** The run as its files say now: another window may have gone on with it since. */
  async reread(): Promise<StoredRun> {
    if (this.unwritten !== undefined || !this.isLasting) return this;
    return (await StoredRun.open(this.files)) ?? this;
  }

  get id(): string {
    return this.current.id;
  }

  /** Whether it outlives this window: false where no folder could take it. */
  get isLasting(): boolean {
    return this.files.lasting;
  }

  get record(): RunRecord {
    return this.current;
  }

  /** Step a resumed run continues from. */
  get storedStep(): number {
    return this.unwritten?.step ?? this.current.checkpoints.at(-1)?.step ?? 0;
  }

  /** Whether its files lack the newest snapshot, which could not be written. */
  get isBehind(): boolean {
    return this.unwritten !== undefined;
  }

  get canContinue(): boolean {
    return this.unwritten !== undefined || this.current.checkpoints.length > 0;
  }

  /**
   * Whether any of its checkpoints is there still, whole or not: cheap to ask, unlike reading one.
   */
  async holdsCheckpoint(): Promise<boolean> {
    if (this.unwritten !== undefined) return true;
    const sizes = await this.sizes();
    return this.current.checkpoints.some(({ step }) => (sizes.get(checkpointFile(step)) ?? 0) > 0);
  }

  get summary(): RunSummary {
    const { validationLoss } = this.current.checkpoints.at(-1) ?? {};
    return {
      runId: this.id,
      name: this.config.name,
      step: this.storedStep,
      steps: this.config.training.steps,
      ...(validationLoss === undefined ? {} : { validationLoss }),
    };
  }

  /**
   * Writes checkpoint, metrics, samples, moments, record, in this order: the record names only what
   * is there already. With `content` it first writes again what somebody has deleted.
   */
  store(snapshot: Snapshot, content?: RunContent): Promise<void> {
    return this.inOrder(async () => {
      const { moments, ...rest } = snapshot;
      const { step, checkpoint } = rest;
      this.unwritten = { ...rest, metrics: [], samples: [] };
      if (moments !== undefined) this.moments.add(new Uint8Array(moments));
      this.pendingMetrics = [...this.pendingMetrics, ...snapshot.metrics];
      this.pendingSamples = [...this.pendingSamples, ...snapshot.samples];
      if (content !== undefined) await this.writeIfGone(content);
      await this.files.write(checkpointFile(step), new Uint8Array(checkpoint));
      await this.append(metricsFile(step), this.pendingMetrics);
      this.pendingMetrics = [];
      await this.append(samplesFile(step), this.pendingSamples);
      this.pendingSamples = [];
      await this.moments.write(step);
      await this.keep(snapshot);
      this.unwritten = undefined;
    });
  }

  /** Writes the run again if somebody has deleted its record, alone or with the folder. */
  mend(content: RunContent): Promise<void> {
    return this.inOrder(() => this.writeIfGone(content));
  }

  /**
   * The run in another folder, with what its own did not take. Its older checkpoints stay where
   * they are.
   */
  async copyTo(files: RunFiles, content: RunContent): Promise<StoredRun> {
    await Promise.allSettled([this.queue]);
    const copy = new StoredRun(files, { config: this.config, record: this.current });
    copy.pendingMetrics = this.pendingMetrics;
    copy.pendingSamples = this.pendingSamples;
    copy.moments.takePending(this.moments);
    if (this.unwritten !== undefined) await copy.store(this.unwritten, content);
    return copy;
  }

  recordFacts(facts: RunFacts): Promise<void> {
    return this.update({ facts: measuredFacts(facts) });
  }

  recordState(state: RunState): Promise<void> {
    return this.update({ state });
  }

  /** The user's text as it was when the run began; undefined for the stories. */
  async readText(): Promise<TextSource | undefined> {
    const { text } = this.current;
    if (text === undefined) return undefined;
    const bytes = await this.files.read(textFile);
    if (bytes !== undefined) return { name: text, bytes: ownBuffer(bytes) };
    throw new PlaygroundError({
      code: 'run-text-missing',
      message: vscode.l10n.t(
        'The text of the run “{0}” ({1}) is gone.',
        this.config.name,
        textFile,
      ),
      remedy: vscode.l10n.t('Train on the text again.'),
    });
  }

  /** The newest checkpoint that can be read; a damaged one, cut off perhaps, is passed over. */
  async newestCheckpoint(): Promise<Checkpoint | undefined> {
    if (this.unwritten !== undefined) {
      return { step: this.unwritten.step, bytes: this.unwritten.checkpoint };
    }
    for (const { step } of this.current.checkpoints.toReversed()) {
      const bytes = await this.files.read(checkpointFile(step));
      if (bytes !== undefined && isWhole(bytes)) return { step, bytes: ownBuffer(bytes) };
    }
    return undefined;
  }

  /** What was measured and written so far; undefined if the run never was loaded. */
  async history(): Promise<RunHistory | undefined> {
    const facts = recordedFacts({ config: this.config, record: this.current });
    if (facts === undefined) return undefined;
    const [lines, gained] = await Promise.all([readLines(this.files), this.moments.gained()]);
    return { facts, ...lines, gained };
  }

  /** Removes what a run that continues from `step` will measure again. */
  truncateAfter(step: number): Promise<void> {
    return this.inOrder(async () => {
      const names = (await this.files.list()).map(({ name }) => name);
      for (const name of filesAfter(names, step)) await this.files.remove(name);
      this.moments.forget();
      const checkpoints = this.current.checkpoints.filter((saved) => saved.step <= step);
      this.current = { ...this.current, step, checkpoints };
    });
  }

  /**
   * Gives up one checkpoint to save disk space; with the last one the text and what was seen, but
   * for the marks of the curve: only resuming needs them.
   */
  removeCheckpoint(step: number): Promise<void> {
    return this.inOrder(async () => {
      const checkpoints = this.current.checkpoints.filter((saved) => saved.step !== step);
      this.current = { ...this.current, checkpoints };
      await this.writeRecord();
      await this.files.remove(checkpointFile(step));
      if (checkpoints.length > 0) return;
      await this.files.remove(textFile);
      await this.moments.removeOlder();
    });
  }

  /** Removes the run with all its files. */
  destroy(): Promise<void> {
    return this.inOrder(() => this.files.destroy());
  }

  /** What the run takes on disk; `active` if a living window trains it. */
  async usage(active: boolean): Promise<RunUsage> {
    const sizes = await this.sizes();
    const { id, updated, checkpoints } = this.current;
    return {
      id,
      updated,
      active,
      checkpoints: checkpoints.map(({ step }) => ({
        step,
        bytes: sizes.get(checkpointFile(step)) ?? 0,
      })),
      textBytes: sizes.get(textFile) ?? 0,
      momentBytes: bytesOfOlder(sizes),
      isEmpty: [...sizes.keys()].every((name) => beforeSnapshots.has(name)),
      bestStep: bestStep(checkpoints),
    };
  }

  private async writeIfGone(content: RunContent): Promise<void> {
    // Where it cannot even be read, the write that follows says why.
    const [look] = await Promise.allSettled([this.files.read(recordFile)]);
    if (look.status === 'fulfilled' && look.value === undefined) await this.writeWhole(content);
  }

  /**
   * Everything up to the last snapshot, but for its checkpoints: of those the record names what is
   * left.
   */
  private async writeWhole({ text, metrics, samples }: RunContent): Promise<void> {
    const { step } = this.current;
    await this.files.make();
    this.moments.forget();
    if (text !== undefined) await this.files.write(textFile, new Uint8Array(text.bytes));
    for (const [name, lines] of [
      [metricsFile(step), metrics],
      [samplesFile(step), samples],
    ] as const) {
      const kept = lines.filter((line) => line.step <= step);
      if (kept.length > 0) await this.files.write(name, writeLines(kept));
    }
    const sizes = await this.sizes();
    const checkpoints = this.current.checkpoints.filter((saved) =>
      sizes.has(checkpointFile(saved.step)),
    );
    this.current = { ...this.current, checkpoints };
    await this.writeRecord();
  }

  private async keep({ step, validationLoss }: Snapshot): Promise<void> {
    const saved: SavedCheckpoint =
      validationLoss === undefined || !Number.isFinite(validationLoss)
        ? { step }
        : { step, validationLoss };
    // A snapshot that was asked for may arrive after a later one that was due.
    const all = [...this.current.checkpoints.filter((other) => other.step !== step), saved].sort(
      (a, b) => a.step - b.step,
    );
    const kept = checkpointsToKeep(all);
    const checkpoints = all.filter((checkpoint) => kept.has(checkpoint.step));
    const newest = all.at(-1)?.step ?? step;
    this.current = {
      ...this.current,
      step: newest,
      checkpoints,
      updated: new Date().toISOString(),
    };
    await this.writeRecord();
    for (const old of all) {
      if (!kept.has(old.step)) await this.files.remove(checkpointFile(old.step));
    }
  }

  private update(change: Partial<RunRecord>): Promise<void> {
    return this.inOrder(async () => {
      this.current = { ...this.current, ...change };
      await this.writeRecord();
    });
  }

  /** Adds lines to a part. A part is written again only if two snapshots were taken at one step. */
  private async append(name: string, lines: readonly (MetricPoint | Sample)[]): Promise<void> {
    if (lines.length === 0) return;
    const before = (await this.files.read(name)) ?? new Uint8Array();
    const after = writeLines(lines);
    const bytes = new Uint8Array(before.length + after.length);
    bytes.set(before);
    bytes.set(after, before.length);
    await this.files.write(name, bytes);
  }

  /** Bytes of its files by their names. */
  private async sizes(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.files.list()).map(({ name, bytes }) => [name, bytes]));
  }

  private async writeRecord(): Promise<void> {
    const file = { config: this.config, record: this.current };
    await this.files.write(recordFile, writeRunFile(file));
  }

  /** One write after the other; a failed one does not stop the next. */
  private inOrder(write: () => Promise<void>): Promise<void> {
    const written = this.queue.then(write, write);
    this.queue = written;
    return written;
  }
}

/** A buffer of its own, however the file system shared it. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
