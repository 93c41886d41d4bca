/**
 * @file The moments of a run, within the memory they may take: where they are many, every other one
 * goes, and the first and the last stay. Must not know how a moment is seen.
 */
import type { Moment, MomentSummary, RoleGained } from '../protocol/moments';
import type { SeenMoment } from '../inspection/moment';

/** What is known of a moment, but for what it is the first of. */
export type NewMoment = SeenMoment & Omit<Moment, keyof SeenMoment | 'gained'>;

export class MomentStore {
  readonly #mostBytes: number;
  #kept: Moment[] = [];
  readonly #gained: RoleGained[] = [];
  /** Roles that heads have had, `path head role`. */
  readonly #had = new Set<string>();

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Roles gained at any moment, kept or not, ascending. */
  get gained(): readonly RoleGained[] {
    return this.#gained;
  }

  get summaries(): MomentSummary[] {
    return this.#kept.map(summaryOf);
  }

  at(step: number): Moment | undefined {
    return this.#kept.find((moment) => moment.step === step);
  }

  /** Keeps a moment; what heads do at the first one is what they begin with, and not gained. */
  add(seen: NewMoment): MomentSummary {
    const isFirst = this.#kept.length === 0;
    const { step } = seen;
    const gained = seen.heads.flatMap(({ path, head, role }): RoleGained[] => {
      const name = `${path} ${head} ${role}`;
      if (role === 'mixed' || this.#had.has(name)) return [];
      this.#had.add(name);
      return isFirst ? [] : [{ step, path, head, role }];
    });
    this.#gained.push(...gained);
    const moment: Moment = { ...seen, gained };
    this.#kept = [...this.#kept.filter((kept) => kept.step < step), moment];
    while (this.#kept.length > 2 && this.#bytes > this.#mostBytes) {
      const last = this.#kept.length - 1;
      this.#kept = this.#kept.filter((_, at) => at === last || at % 2 === 0);
    }
    return summaryOf(moment);
  }

  get #bytes(): number {
    return this.#kept.reduce((sum, moment) => sum + bytesOf(moment), 0);
  }
}

/** Of a label or a score, about. */
const bytesOfEntry = 100;

function bytesOf({ patterns, nextIds, nextProbabilities, ...rest }: Moment): number {
  const arrays = [...patterns, nextIds, nextProbabilities];
  const entries = rest.tokens.length + rest.vocabulary.length + rest.heads.length;
  return (
    arrays.reduce((sum, { byteLength }) => sum + byteLength, 0) +
    bytesOfEntry * entries +
    2 * (rest.sample?.text.length ?? 0)
  );
}

function summaryOf({ runId, step, loss, validationLoss, gained }: Moment): MomentSummary {
  return {
    runId,
    step,
    ...(loss !== undefined && { loss }),
    ...(validationLoss !== undefined && { validationLoss }),
    gained,
  };
}
