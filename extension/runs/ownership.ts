/**
 * @file Which window trains a run: `owner.json` in its folder, written every ten seconds. A second
 * window must not write what the first one writes. Knows no timers and no VS Code.
 */
import * as z from '../../webview/config/zod';
import { isStale, ownerFile, type Owner } from '../../webview/formats/runFolder';
import type { RunFiles } from './runFiles';

export const heartbeatMs = 10_000;

const ownerSchema = z.object({ window: z.string(), heartbeat: z.number() });

/** One window's claim on one run. */
export class Ownership {
  private readonly files: RunFiles;
  private readonly window: string;
  private readonly now: () => number;

  constructor(files: RunFiles, window: string, now: () => number = Date.now) {
    this.files = files;
    this.window = window;
    this.now = now;
  }

  /** Another window that owns the run and is alive, if there is one. */
  async other(): Promise<Owner | undefined> {
    const owner = await this.read();
    if (owner === undefined || owner.window === this.window) return undefined;
    return isStale(owner, this.now()) ? undefined : owner;
  }

  /** Whether a living window trains the run, this one included. */
  async isOwned(): Promise<boolean> {
    const owner = await this.read();
    return owner !== undefined && !isStale(owner, this.now());
  }

  /**
   * Says that this window owns the run, unless another does: then returns that one. Of two windows
   * that claim it in the same moment the first may not see that the second wrote over its claim:
   * its next look does, before it writes anything else of the run.
   */
  async claim(): Promise<Owner | undefined> {
    const other = await this.other();
    if (other !== undefined) return other;
    const owner: Owner = { window: this.window, heartbeat: this.now() };
    await this.files.write(ownerFile, new TextEncoder().encode(`${JSON.stringify(owner)}\n`));
    return this.other();
  }

  /** Gives the run free, if it is this window's. */
  async release(): Promise<void> {
    const owner = await this.read();
    if (owner?.window === this.window) await this.files.remove(ownerFile);
  }

  /**
   * Undefined where no owner can be read: a file cut in mid-write is written again within seconds.
   */
  private async read(): Promise<Owner | undefined> {
    const bytes = await this.files.read(ownerFile);
    if (bytes === undefined) return undefined;
    const parsed = ownerSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
