/**
 * @file The run that is loaded in the engine, as the host follows it: what it measured, what of it
 * is on disk, and this window's claim on it. Knows no commands and no pages.
 */
import type { MetricPoint, Sample } from '../../webview/formats/metrics';
import type { Owner } from '../../webview/formats/runFolder';
import type { RunFacts, Snapshot } from '../../webview/protocol/engineApi';
import type { MomentSummary, RoleGained } from '../../webview/protocol/moments';
import type { TextSource } from '../datasets/decodeText';
import { Disposable } from '../lifetime';
import { kindOf, putLine } from '../runs/measured';
import { heartbeatMs, type Ownership } from '../runs/ownership';
import type { RunState } from '../runs/runRecord';
import type { RunContent, RunHistory, StoredRun } from '../runs/storedRun';

/** What the run tells whoever shows messages. */
export interface RunListener {
  /** A write failed while the run goes on; told once until everything is written again. */
  onNotSaved(run: ActiveRun, error: unknown): void;
  /** Another window trains the run now: this one was silent for too long, asleep perhaps. */
  onTaken(run: ActiveRun): void;
  /** Logs what needs no message. */
  report(error: unknown): void;
}

/** Saves a run with all its content where that can be done. */
export type RescueRun = (run: StoredRun, content: RunContent) => Promise<StoredRun>;

export class ActiveRun extends Disposable {
  readonly text: TextSource | undefined;
  private readonly ownership: Ownership;
  private readonly listener: RunListener;
  private facts: RunFacts | undefined;
  private points: MetricPoint[] = [];
  private written: Sample[] = [];
  private gained: readonly RoleGained[] = [];
  /** What was seen of it in earlier engines, until the next one has it. */
  private seen: readonly Uint8Array[] = [];
  private latestStep: number;
  private kept: StoredRun;
  /** What the last write failed with, until all is written. */
  private unsaved: { readonly error: unknown } | undefined;
  /** Its last snapshot has come, so that what cannot be written is told at its end. */
  private ending = false;
  private ended = false;
  /** Another window has it: nothing of it is written here any more. */
  private taken = false;

  constructor(
    stored: StoredRun,
    text: TextSource | undefined,
    ownership: Ownership,
    listener: RunListener,
  ) {
    super();
    this.kept = stored;
    this.text = text;
    this.ownership = ownership;
    this.listener = listener;
    this.latestStep = stored.storedStep;
  }

  /** Its files: other ones once it was rescued. */
  get stored(): StoredRun {
    return this.kept;
  }

  get id(): string {
    return this.stored.id;
  }

  get name(): string {
    return this.stored.config.name;
  }

  /** Whether the engine holds it as its run: loading, training or paused. */
  get isLive(): boolean {
    return !this.ended;
  }

  /** The last step the engine reported. */
  get step(): number {
    return this.latestStep;
  }

  /** The step at which it came into the engine that holds it now. */
  get loadedAt(): number {
    return this.facts?.step ?? 0;
  }

  get metrics(): readonly MetricPoint[] {
    return this.points;
  }

  /** Undefined until the engine has loaded the run once. */
  get history(): RunHistory | undefined {
    if (this.facts === undefined) return undefined;
    const facts = { ...this.facts, step: this.latestStep };
    return { facts, metrics: this.points, samples: this.written, gained: this.gained };
  }

  private get content(): RunContent {
    return { text: this.text, metrics: this.points, samples: this.written };
  }

  /**
   * Whether it can be resumed, by its files and not by what was written: somebody may have deleted
   * them. Where the folder cannot be read it cannot.
   */
  async isKept(): Promise<boolean> {
    try {
      return await this.stored.holdsCheckpoint();
    } catch (error) {
      this.listener.report(error);
      return false;
    }
  }

  /** Claims the run for this window; returns the living window that has it, if one does. */
  async claim(): Promise<Owner | undefined> {
    const other = await this.ownership.claim();
    if (other !== undefined) return other;
    const timer = setInterval(() => void this.beat(), heartbeatMs);
    this.register({
      dispose: () => {
        clearInterval(timer);
      },
    });
    return undefined;
  }

  /**
   * Goes on from an earlier life's checkpoint: takes over what was measured up to it and removes
   * what came after, which only the window that has claimed the run may do.
   */
  async continueFrom(step: number): Promise<void> {
    await this.stored.truncateAfter(step);
    this.latestStep = step;
    await this.readSeen();
    const history = await this.stored.history();
    if (history === undefined) return;
    this.facts = history.facts;
    this.points = [...history.metrics];
    this.written = [...history.samples];
    this.gained = history.gained;
  }

  reached(step: number): void {
    this.latestStep = step;
  }

  addMetrics(points: readonly MetricPoint[]): void {
    for (const point of points) putLine(this.points, point, kindOf);
    this.latestStep = points.at(-1)?.step ?? this.latestStep;
  }

  addSample(sample: Sample): void {
    putLine(this.written, sample);
  }

  addMoment({ gained }: MomentSummary): void {
    this.gained = [...this.gained, ...gained];
  }

  /** What the engine that goes on with it has to know of the moments before; once. */
  takeSeen(): readonly ArrayBuffer[] {
    const parts = this.seen.map((part) => new Uint8Array(part).buffer);
    this.seen = [];
    return parts;
  }

  /**
   * Keeps what the engine knows of the run, its backend above all: it decides the bits of a resumed
   * run.
   */
  async loaded(facts: RunFacts): Promise<void> {
    this.facts = facts;
    await this.saveMended(() => this.stored.recordFacts(facts));
  }

  async store(snapshot: Snapshot): Promise<void> {
    this.ending ||= snapshot.reason === 'stop' || snapshot.reason === 'finish';
    await this.save(() => this.stored.store(snapshot, this.content));
  }

  /**
   * Writes a snapshot that the user asked for; false if another window has the run. Rejects if it
   * cannot be written.
   */
  async storeNow(snapshot: Snapshot): Promise<boolean> {
    if (!(await this.mayWrite())) return false;
    await this.stored.store(snapshot, this.content);
    return true;
  }

  async entered(state: RunState): Promise<void> {
    if (this.stored.record.state === state) return;
    await this.saveMended(() => this.stored.recordState(state));
  }

  /**
   * Forgets what came after the last snapshot: the engine that made it is gone. Returns the steps
   * lost.
   */
  rewind(): number {
    return this.forgetAfter(this.stored.storedStep);
  }

  /**
   * Winds back to the step that the next engine goes on from, and its files with it: newer
   * checkpoints of theirs are damaged. Returns the steps lost; undefined if the run is no longer
   * this window's, so that its files are not touched.
   */
  async rewindTo(step: number): Promise<number | undefined> {
    await this.mayWrite();
    if (this.ended) return undefined;
    if (step < this.stored.storedStep) await this.stored.truncateAfter(step);
    await this.readSeen();
    return this.forgetAfter(step);
  }

  /** The engine has let go of it. Its history stays. What cannot be written is left to `rescue`. */
  async end(state: RunState): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.ending = true;
    this.dispose();
    await this.entered(state);
    await this.saveMended(() => this.ownership.release());
  }

  /**
   * Has an ended run whose files lack its newest snapshot saved elsewhere. Resolves with why it
   * could not be written where it was, or with undefined if it is.
   */
  async rescue(save: RescueRun): Promise<{ readonly error: unknown } | undefined> {
    if (this.taken || !this.kept.isBehind) return undefined;
    const { files } = this.kept;
    this.kept = await save(this.kept, this.content);
    return this.kept.files === files ? undefined : this.unsaved;
  }

  /** The window closes. Gives the run free first: nobody knows how much can still be written. */
  async leave(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.dispose();
    await this.saveMended(() => this.ownership.release());
    await this.entered('interrupted');
  }

  private forgetAfter(last: number): number {
    const lost = Math.max(0, this.latestStep - last);
    this.latestStep = last;
    this.points = this.points.filter(({ step }) => step <= last);
    this.written = this.written.filter(({ step }) => step <= last);
    this.gained = this.gained.filter(({ step }) => step <= last);
    return lost;
  }

  /** What cannot be read keeps no run from going on. */
  private async readSeen(): Promise<void> {
    try {
      this.seen = await this.stored.moments.read();
    } catch (error) {
      this.listener.report(error);
    }
  }

  private async beat(): Promise<void> {
    await this.saveMended(() => this.ownership.claim());
  }

  /**
   * Whether no other window has the run, seen before each write: this one may have slept until the
   * other found it silent.
   */
  private async mayWrite(): Promise<boolean> {
    if (!this.taken && (await this.isTaken())) this.abandon();
    return !this.taken;
  }

  /** Where no owner can be read, the write that follows says what is wrong with the folder. */
  private async isTaken(): Promise<boolean> {
    try {
      return (await this.ownership.other()) !== undefined;
    } catch (error) {
      this.listener.report(error);
      return false;
    }
  }

  /** Another window has it: nothing more is written. */
  private abandon(): void {
    const wasLive = this.isLive;
    this.taken = true;
    this.ended = true;
    this.dispose();
    if (wasLive) this.listener.onTaken(this);
  }

  /** Writes, first what somebody has deleted. */
  private async saveMended(write: () => Promise<unknown>): Promise<void> {
    await this.save(async () => {
      await this.kept.mend(this.content);
      await write();
    });
  }

  private async save(write: () => Promise<unknown>): Promise<void> {
    try {
      if (!(await this.mayWrite())) return;
      await write();
      if (!this.kept.isBehind) this.unsaved = undefined;
    } catch (error) {
      if (this.ending) this.listener.report(error);
      else if (this.unsaved === undefined) this.listener.onNotSaved(this, error);
      this.unsaved = { error };
    }
  }
}
