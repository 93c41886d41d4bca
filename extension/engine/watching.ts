/** @file A run that another window trains, watched here: its files are read again as they grow. Writes nothing. */
import { Disposable } from '../lifetime';
import { StoredRun, type RunHistory } from '../runs/storedRun';

/** How often a watched run's files are read: as often as snapshots are taken. */
const intervalMs = 10_000;

export class Watching extends Disposable {
  private readonly onChange: () => void;
  private current: RunHistory | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

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

  async start(stored: StoredRun): Promise<void> {
    this.stop();
    this.timer = setInterval(() => void this.read(stored), intervalMs);
    await this.read(stored);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.current = undefined;
  }

  private async read({ files }: StoredRun): Promise<void> {
    const timer = this.timer;
    const history = await StoredRun.open(files)
      .then((run) => run?.history())
      // A file that is being written is read again next time.
      .catch(() => undefined);
    if (history === undefined || this.timer !== timer) return;
    this.current = history;
    this.onChange();
  }
}
