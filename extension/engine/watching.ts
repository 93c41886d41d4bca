/**
 * @file A run that another window trains, watched here until it ends: its files are read again as
 * they grow. Writes nothing.
 */
import { Disposable } from '../lifetime';
import type { Ownership } from '../runs/ownership';
import type { RunFiles } from '../runs/runFiles';
import { StoredRun, type RunHistory } from '../runs/storedRun';

/** How often a watched run is looked at. Its curve is read only when a snapshot was written. */
const intervalMs = 2000;

export class Watching extends Disposable {
  private readonly onChange: () => void;
  private current: RunHistory | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** `onChange` hears of everything new, and of the end. */
  constructor(onChange: () => void) {
    super();
    this.onChange = onChange;
    this.register({
      dispose: () => {
        this.stop();
      },
    });
  }

  /** What the watched run has written so far; undefined if none is watched. */
  get history(): RunHistory | undefined {
    return this.current;
  }

  /** Watches the run of some files for as long as a living window owns it. */
  async start({ files }: StoredRun, ownership: Ownership): Promise<void> {
    this.stop();
    const timer = setInterval(() => void this.look(files, ownership, timer), intervalMs);
    this.timer = timer;
    await this.look(files, ownership, timer);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.current = undefined;
  }

  private async look(
    files: RunFiles,
    ownership: Ownership,
    timer: ReturnType<typeof setInterval>,
  ): Promise<void> {
    const known = this.current?.facts.step;
    const seen = await see(files, ownership, known);
    if (this.timer !== timer || seen === 'nothing new') return;
    if (seen === 'ended') this.stop();
    else this.current = seen;
    this.onChange();
  }
}

/**
 * Reads what is new since the step `known`. What cannot be read is being written, and read next
 * time.
 */
async function see(
  files: RunFiles,
  ownership: Ownership,
  known: number | undefined,
): Promise<RunHistory | 'nothing new' | 'ended'> {
  try {
    const run = await StoredRun.open(files);
    const { state, step } = run?.record ?? {};
    const isTrained = state === 'training' || state === 'paused';
    if (run !== undefined && !(isTrained && (await ownership.other()) !== undefined)) {
      return 'ended';
    }
    if (step === known) return 'nothing new';
    return (await run?.history()) ?? 'nothing new';
  } catch {
    return 'nothing new';
  }
}
