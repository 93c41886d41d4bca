/**
 * @file What was seen of a run through time, in files of its own beside the run's: a part a
 * snapshot. They are worth less than the run, and have their bounds: where they take too much,
 * every other one goes. Knows neither the run's record nor its owner.
 */
import { everyOther } from '../../webview/formats/everyOther';
import { momentsFile, stepsOf } from '../../webview/formats/runFolder';
import { PlaygroundError } from '../../webview/config/errors';
import {
  joinMomentParts,
  readableParts,
  readMomentRoles,
  writeMomentPart,
} from '../../webview/protocol/momentPart';
import type { RoleGained } from '../../webview/protocol/moments';
import type { RunFiles } from './runFiles';

/**
 * Bytes that the parts of a run may take: of the default preset those of ten whole runs, and little
 * enough to be handed to an engine in a second or two, even when they come from far away.
 */
const mostBytes = 16e6;

export class MomentFiles {
  private readonly files: RunFiles;
  private readonly mostBytes: number;
  /** What could not be written yet. */
  private pending: Uint8Array | undefined;
  /** Bytes of each part by its step, once they were counted. */
  private sizes: Map<number, number> | undefined;

  constructor(files: RunFiles, most = mostBytes) {
    this.files = files;
    this.mostBytes = most;
  }

  /** Takes a snapshot's part, to be written with the next `write`. */
  add(part: Uint8Array): void {
    this.pending = this.pending === undefined ? part : this.joined([this.pending, part]);
  }

  /** What another folder of the run could not write is to be written here. */
  takePending({ pending }: MomentFiles): void {
    this.pending = pending;
  }

  /** Writes what was taken as the part of a step, with what that has already. */
  async write(step: number): Promise<void> {
    if (this.pending === undefined) return;
    const before = await this.files.read(momentsFile(step));
    const part = before === undefined ? this.pending : this.joined([before, this.pending]);
    await this.files.write(momentsFile(step), part);
    this.pending = undefined;
    const sizes = await this.counted();
    sizes.set(step, part.length);
    const parts = [...sizes].sort(([a], [b]) => a - b);
    const kept = new Set(everyOther(parts, ([, bytes]) => bytes, this.mostBytes));
    for (const entry of parts) if (!kept.has(entry)) await this.remove(entry[0]);
  }

  /** Every part, as it is, in the order of their steps. */
  async read(): Promise<Uint8Array[]> {
    const parts = await Promise.all((await this.steps()).map((step) => this.readAt(step)));
    return [...parts, this.pending].filter((part) => part !== undefined);
  }

  /** What heads have become: the newest part that can be read says it for all. */
  async gained(): Promise<readonly RoleGained[]> {
    if (this.pending !== undefined) return gainedBy(this.pending) ?? [];
    for (const step of (await this.steps()).toReversed()) {
      const part = await this.readAt(step);
      const gained = part && gainedBy(part);
      if (gained !== undefined) return gained;
    }
    return [];
  }

  /** Has the parts that lie in another folder of the run too. */
  async copyFrom(other: MomentFiles): Promise<void> {
    for (const step of await other.steps()) {
      const part = await other.readAt(step);
      const own = await this.files.read(momentsFile(step));
      if (part === undefined) continue;
      const both = own === undefined ? part : this.joined([part, own]);
      await this.files.write(momentsFile(step), both);
    }
    this.forget();
  }

  /** Gives up all but the newest part, which says what heads have become. */
  async removeOlder(): Promise<void> {
    for (const step of (await this.steps()).slice(0, -1)) await this.remove(step);
  }

  /** Others have removed or written files. */
  forget(): void {
    this.sizes = undefined;
  }

  private readAt(step: number): Promise<Uint8Array | undefined> {
    return this.files.read(momentsFile(step));
  }

  private async remove(step: number): Promise<void> {
    await this.files.remove(momentsFile(step));
    this.sizes?.delete(step);
  }

  private async steps(): Promise<number[]> {
    return stepsOf(
      'moments',
      (await this.files.list()).map(({ name }) => name),
    );
  }

  private async counted(): Promise<Map<number, number>> {
    if (this.sizes !== undefined) return this.sizes;
    const files = new Map((await this.files.list()).map(({ name, bytes }) => [name, bytes]));
    const steps = stepsOf('moments', [...files.keys()]);
    this.sizes = new Map(steps.map((step) => [step, files.get(momentsFile(step)) ?? 0]));
    return this.sizes;
  }

  /** Parts as one of no more bytes than all may take; a damaged one is left out. */
  private joined(parts: readonly Uint8Array[]): Uint8Array {
    const joined = joinMomentParts(readableParts(parts).read);
    if (joined === undefined) return parts.at(-1) ?? new Uint8Array();
    const bytesOf = parts.reduce((sum, { length }) => sum + length, 0) / joined.moments.length;
    return writeMomentPart({
      ...joined,
      moments: everyOther(joined.moments, () => bytesOf, this.mostBytes),
    });
  }
}

/** Bytes of all parts but the newest, from those of a run's files by their names. */
export function bytesOfOlder(sizes: ReadonlyMap<string, number>): number {
  return stepsOf('moments', [...sizes.keys()])
    .slice(0, -1)
    .reduce((sum, step) => sum + (sizes.get(momentsFile(step)) ?? 0), 0);
}

/** Undefined where the part is damaged. */
function gainedBy(part: Uint8Array): readonly RoleGained[] | undefined {
  try {
    return readMomentRoles(part).gained;
  } catch (error) {
    if (error instanceof PlaygroundError) return undefined;
    throw error;
  }
}
