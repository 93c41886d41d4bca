/** @file Undoes what a tool started (processes, temporary folders), also on Ctrl-C or a kill. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Undo = () => void | Promise<void>;

/** A stack of things to undo, last first. */
export class Cleanup {
  private readonly stack: Undo[] = [];
  private running: Promise<void> | undefined;

  add(undo: Undo): void {
    this.stack.push(undo);
  }

  /** A new folder outside the repository that goes when the tool ends. */
  async temporaryFolder(name: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), `${name}-`));
    this.add(() => removeFolder(folder));
    return folder;
  }

  /**
   * Undoes everything once, however often it is called. A failure is reported and the rest goes on.
   */
  run(): Promise<void> {
    this.running ??= this.undoAll();
    return this.running;
  }

  private async undoAll(): Promise<void> {
    for (let undo = this.stack.pop(); undo; undo = this.stack.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error('While cleaning up:', error);
      }
    }
  }
}

/** Removes a folder whose last files may still be closing. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Runs a tool to its end or to a signal, cleans up, and sets the exit code: what `work` returns, 1
 * after an error, `onInterrupt` (by default 128 + signal) after Ctrl-C or a kill.
 */
export async function withCleanup(
  work: (cleanup: Cleanup) => Promise<number>,
  onInterrupt?: number,
): Promise<void> {
  const cleanup = new Cleanup();
  for (const [signal, number] of Object.entries(signals)) {
    process.on(signal, () => {
      void cleanup.run().finally(() => process.exit(onInterrupt ?? 128 + number));
    });
  }
  let exitCode = 1;
  try {
    exitCode = await work(cleanup);
  } catch (error) {
    console.error(error instanceof Complaint ? error.message : error);
  }
  await cleanup.run();
  process.exit(exitCode);
}

/** Something that the reader can mend: shown without a stack. */
export class Complaint extends Error {}
