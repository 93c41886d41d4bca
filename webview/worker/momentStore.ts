/**
 * @file The moments of a run, within the memory they may take: where they are many, every other one
 * goes, and the first and the last stay. Knows which of them no snapshot has yet. Must not know how
 * a moment is seen.
 */
import { everyOther } from '../formats/everyOther';
import type { SeenMoment } from '../inspection/moment';
import type { MomentPart } from '../protocol/momentPart';
import type { Moment, MomentSummary, RoleGained, RoleHad } from '../protocol/moments';

/** Moments of a run take no more bytes than this: of the default preset, about 500 of them. */
const mostBytes = 48e6;

/** Those of one snapshot take no more than this: as much as goes to the host in one message. */
const mostBytesOfSnapshot = 4e6;

/** What is known of a moment, but for what it is the first of. */
export type NewMoment = SeenMoment & Omit<Moment, keyof SeenMoment | 'gained'>;

export class MomentStore {
  readonly #mostBytes: number;
  readonly #mostBytesOfSnapshot: number;
  #kept: Moment[] = [];
  /** Steps that no snapshot has. */
  readonly #unsaved = new Set<number>();
  #began: readonly RoleHad[] | undefined;
  #gained: readonly RoleGained[] = [];
  /** Roles that heads have had, `path head role`. */
  readonly #had = new Set<string>();

  constructor(most = mostBytes, mostOfSnapshot = mostBytesOfSnapshot) {
    this.#mostBytes = most;
    this.#mostBytesOfSnapshot = mostOfSnapshot;
  }

  /** Roles gained at any moment, kept or not, ascending. */
  get gained(): readonly RoleGained[] {
    return this.#gained;
  }

  get summaries(): MomentSummary[] {
    return this.#kept.map(summaryOf);
  }

  get hasUnsaved(): boolean {
    return this.#unsaved.size > 0;
  }

  at(step: number): Moment | undefined {
    return this.#kept.find((moment) => moment.step === step);
  }

  /**
   * Begins with what snapshots have of the run, up to the step that it goes on from: later ones are
   * seen again.
   */
  restore(runId: string, { moments, roles }: MomentPart, upTo: number): void {
    this.#kept = moments.filter(({ step }) => step <= upTo).map((each) => ({ ...each, runId }));
    this.#makeRoom();
    this.#began = roles.began;
    this.#gained = roles.gained.filter(({ step }) => step <= upTo);
    for (const role of [...this.#began, ...this.#gained]) this.#had.add(nameOf(role));
  }

  /** Keeps a moment; what heads do at the first one is what they begin with, and not gained. */
  add(seen: NewMoment): MomentSummary {
    const { step } = seen;
    const found = seen.heads.flatMap(({ path, head, role }): RoleHad[] =>
      role === 'mixed' || this.#had.has(nameOf({ path, head, role })) ? [] : [{ path, head, role }],
    );
    for (const role of found) this.#had.add(nameOf(role));
    const gained =
      this.#began === undefined ? [] : found.map((role): RoleGained => ({ step, ...role }));
    this.#began ??= found;
    this.#gained = [...this.#gained, ...gained];
    const moment: Moment = { ...seen, gained };
    this.#kept = [...this.#kept.filter((kept) => kept.step < step), moment];
    this.#unsaved.add(step);
    this.#makeRoom();
    return summaryOf(moment);
  }

  /** What goes with a snapshot, which has it from now on; undefined if it is nothing. */
  takeUnsaved(): MomentPart | undefined {
    if (!this.hasUnsaved) return undefined;
    const fresh = this.#kept.filter(({ step }) => this.#unsaved.has(step));
    this.#unsaved.clear();
    const moments = everyOther(fresh, bytesOf, this.#mostBytesOfSnapshot);
    return { moments, roles: { began: this.#began ?? [], gained: this.#gained } };
  }

  /** A snapshot was not stored: what it had goes with the next one. */
  takeBack({ moments }: MomentPart): void {
    for (const { step } of moments) if (this.at(step)) this.#unsaved.add(step);
  }

  #makeRoom(): void {
    this.#kept = everyOther(this.#kept, bytesOf, this.#mostBytes);
  }
}

function nameOf({ path, head, role }: RoleHad): string {
  return `${path} ${head} ${role}`;
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

function summaryOf({ runId, step, trainingLoss, validationLoss, gained }: Moment): MomentSummary {
  return {
    runId,
    step,
    ...(trainingLoss && { trainingLoss }),
    ...(validationLoss !== undefined && { validationLoss }),
    gained,
  };
}
