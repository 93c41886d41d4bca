/** @file The moments that were looked at last, so that going back and forth asks nobody twice. */
import type { Moment } from '../../../../protocol/moments';

/** Of the default preset about 90 kB each. */
const mostKept = 24;

export class MomentCache {
  readonly #kept = new Map<number, Moment>();

  get(step: number): Moment | undefined {
    const found = this.#kept.get(step);
    if (found !== undefined) this.add(found);
    return found;
  }

  /** Keeps it as the newest; the one that nobody has looked at for longest goes. */
  add(moment: Moment): void {
    this.#kept.delete(moment.step);
    this.#kept.set(moment.step, moment);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  clear(): void {
    this.#kept.clear();
  }
}
