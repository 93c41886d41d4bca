/** @file What the generation view shows and what the user has chosen in it. Asks nobody. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../../config/errors';
import { defaultSampling } from '../../../config/presets';
import type { SamplingConfig } from '../../../config/sampling';
import type { GenerationView } from '../../../protocol/generationApi';
import type { NextToken, TokenizedText, WrittenToken } from '../../../protocol/writing';
import { readSampling, valuesOf, type FormValues, type Reading } from '../../state/formValues';
import {
  branchOf,
  branchRows,
  changeBranch,
  tokensOf,
  withoutBranch,
  type Branch,
  type Branches,
  type Progress,
} from './branches';
import type { Comparison } from './compare';
import { keptBranches, type GenerationMemory } from './generationMemory';
import { mostSamples, mostTexts, readTemperatures, variantsOf } from './variants';

/** What was asked of the engine about a text, or why there is no answer. */
export interface Asked<Answer> {
  readonly answer?: Answer;
  readonly failure?: Failure;
}

/** The tokens of a prompt, and of which. */
export interface AskedTokens extends Asked<TokenizedText> {
  readonly prompt?: string;
}

/** The next token, and after which tokens it was asked for, in words. */
export interface AskedNext extends Asked<NextToken> {
  readonly place?: string;
}

/** A branch that was deleted can be brought back until the next one is. */
export interface Deleted {
  readonly before: Branches;
  /** Texts that stood side by side. */
  readonly shown: readonly string[];
  readonly count: number;
}

export class GenerationState {
  readonly view = signal<GenerationView | undefined>(undefined);
  /** Somebody sees the page. */
  readonly visible = signal(true);
  readonly prompt;
  /** Of the sampling controls, as typed. */
  readonly values;
  /** Texts of each temperature, as typed. */
  readonly samples;
  /** Temperatures, as typed: empty for the one of the controls. */
  readonly temperatures;
  readonly open;
  readonly branches;
  /** Texts that stand side by side while one of them is read: of the last press of Generate. */
  readonly shown;
  /** The branch that is read. */
  readonly chosenId;
  /** The token of it that the keyboard or a click is on, counted from the prompt's end. */
  readonly token = signal<number | undefined>(undefined);
  readonly pointed = signal<number | undefined>(undefined);
  readonly deleted = signal<Deleted | undefined>(undefined);
  readonly promptTokens = signal<AskedTokens>({});
  readonly next = signal<AskedNext>({});
  readonly comparison = signal<Comparison | undefined>(undefined);
  /** What the user asked for and did not get. */
  readonly problem = signal<Failure | undefined>(undefined);
  readonly announcement = signal('');

  constructor(memory: GenerationMemory | undefined) {
    this.prompt = signal(memory?.prompt ?? '');
    this.values = signal<FormValues>({
      ...valuesOf({ sampling: defaultSampling }),
      ...memory?.values,
    });
    this.samples = signal(memory?.samples ?? '1');
    this.temperatures = signal(memory?.temperatures ?? '');
    this.open = signal<Readonly<Record<string, boolean>>>(memory?.open ?? {});
    this.branches = signal<Branches>(memory?.branches ?? []);
    this.shown = signal<readonly string[]>(memory?.shown ?? []);
    this.chosenId = signal(memory?.chosen);
  }

  readonly sampling: ReadonlySignal<Reading<SamplingConfig>> = computed(() =>
    readSampling(this.values.value, defaultSampling),
  );

  readonly samplesError: ReadonlySignal<string | undefined> = computed(() => {
    const count = Number(this.samples.value);
    const isRight = Number.isInteger(count) && count >= 1 && count <= mostSamples;
    if (!isRight) return `Samples must be a whole number from 1 to ${mostSamples}`;
    const read = readTemperatures(this.temperatures.value);
    const texts = count * Math.max(1, read.ok ? read.temperatures.length : 1);
    return texts > mostTexts ? `${texts} texts are too many: at most ${mostTexts}` : undefined;
  });

  readonly temperaturesError: ReadonlySignal<string | undefined> = computed(() => {
    const read = readTemperatures(this.temperatures.value);
    return read.ok ? undefined : read.error;
  });

  /** How each text of the next press of Generate is drawn; none while something is wrong. */
  readonly variants: ReadonlySignal<readonly SamplingConfig[]> = computed(() => {
    const sampling = this.sampling.value;
    const read = readTemperatures(this.temperatures.value);
    if (!sampling.ok || !read.ok || this.samplesError.value !== undefined) return [];
    return variantsOf(sampling.value, Number(this.samples.value), read.temperatures);
  });

  readonly rows = computed(() => branchRows(this.branches.value));

  readonly chosen: ReadonlySignal<Branch | undefined> = computed(() =>
    branchOf(this.branches.value, this.chosenId.value),
  );

  /** Texts beside which the chosen one stands; none where it was written alone, or left them. */
  readonly beside: ReadonlySignal<readonly Branch[]> = computed(() => {
    const shown = this.shown.value;
    if (shown.length < 2 || !shown.includes(this.chosenId.value ?? '')) return [];
    return shown.flatMap((id) => branchOf(this.branches.value, id) ?? []);
  });

  /** Every token that is read in the chosen branch. */
  readonly tokens: ReadonlySignal<readonly WrittenToken[]> = computed(() => {
    const branch = this.chosen.value;
    return branch === undefined ? [] : tokensOf(this.branches.value, branch);
  });

  /** The token that is shown in detail. */
  readonly detailed: ReadonlySignal<number | undefined> = computed(
    () => this.pointed.value ?? this.token.value,
  );

  /** Why nothing may be written beside what is measured; undefined where nothing is. */
  readonly measuring: ReadonlySignal<string | undefined> = computed(() =>
    this.comparison.value?.phase === 'running'
      ? 'The KV cache is being compared: wait for it, or stop it.'
      : undefined,
  );

  readonly isWriting: ReadonlySignal<boolean> = computed(
    () =>
      this.measuring.value !== undefined ||
      this.branches.value.some(({ progress }) => isGoing(progress)),
  );

  /** Why no text can be gone on with, whatever its prompt; undefined where one can. */
  readonly goingOnObstacle: ReadonlySignal<string | undefined> = computed(() => {
    const { run, phase } = this.view.value ?? {};
    if (phase === 'loading') return 'The model is being loaded.';
    if (run === undefined) return 'No model is loaded.';
    if (this.measuring.value !== undefined) return this.measuring.value;
    return this.sampling.value.ok ? undefined : 'Correct the sampling first.';
  });

  /** Why nothing can be written after the prompt; undefined where something can. */
  readonly obstacle: ReadonlySignal<string | undefined> = computed(() => {
    if (this.goingOnObstacle.value !== undefined) return this.goingOnObstacle.value;
    // A prompt that was changed since may be right.
    const { failure, prompt } = this.promptTokens.value;
    if (failure !== undefined && prompt === this.prompt.value) return 'Correct the prompt first.';
    if (this.temperaturesError.value !== undefined) return 'Correct the temperatures first.';
    return this.samplesError.value;
  });

  setValue(path: string, value: string | boolean): void {
    this.values.value = { ...this.values.value, [path]: value };
  }

  setOpen(id: string, open: boolean): void {
    this.open.value = { ...this.open.value, [id]: open };
  }

  change(id: string, change: (branch: Branch) => Partial<Branch>): void {
    this.branches.value = changeBranch(this.branches.value, id, change);
  }

  /** Reads a branch; `token` is the one to begin at. */
  choose(id: string, token?: number): void {
    batch(() => {
      this.chosenId.value = id;
      this.token.value = token;
      this.pointed.value = undefined;
    });
  }

  deleteChosen(): void {
    const branch = this.chosen.peek();
    if (branch === undefined) return;
    const before = this.branches.peek();
    const rows = this.rows.peek();
    const at = rows.findIndex((row) => row.branch.id === branch.id);
    const after = withoutBranch(before, branch.id);
    const stays = (id: string | undefined): boolean => branchOf(after, id) !== undefined;
    const nearest =
      branch.fork?.from ??
      rows.slice(at).find((row) => stays(row.branch.id))?.branch.id ??
      rows.slice(0, at).findLast((row) => stays(row.branch.id))?.branch.id;
    batch(() => {
      this.branches.value = after;
      const shown = this.shown.peek();
      this.deleted.value = { before, shown, count: before.length - after.length };
      this.shown.value = shown.filter(stays);
      this.chosenId.value = undefined;
      this.token.value = undefined;
      this.pointed.value = undefined;
      if (nearest !== undefined) this.choose(nearest);
    });
  }

  /** Brings back what was deleted last, among what was written since. */
  undoDelete(): void {
    const deleted = this.deleted.peek();
    if (deleted === undefined) return;
    const now = this.branches.peek();
    const known = new Set(deleted.before.map(({ id }) => id));
    const current = (branch: Branch): Branch => branchOf(now, branch.id) ?? branch;
    const gone = deleted.before.find(({ id }) => branchOf(now, id) === undefined);
    batch(() => {
      this.branches.value = [
        ...deleted.before.map(current),
        ...now.filter(({ id }) => !known.has(id)),
      ];
      this.deleted.value = undefined;
      const isOfThem = this.shown.peek().every((id) => deleted.shown.includes(id));
      if (isOfThem) this.shown.value = deleted.shown;
      if (gone !== undefined) this.choose(gone.id);
    });
  }

  /** What the user typed, chose and got, for a page that is loaded again. */
  remember(): GenerationMemory {
    const branches = keptBranches(this.branches.value);
    const isKept = (id: string | undefined): boolean => branches.some((one) => one.id === id);
    const chosen = this.chosenId.value;
    return {
      version: 1,
      prompt: this.prompt.value,
      values: this.values.value,
      samples: this.samples.value,
      temperatures: this.temperatures.value,
      open: this.open.value,
      branches,
      shown: this.shown.value.filter(isKept),
      ...(chosen !== undefined && isKept(chosen) && { chosen }),
    };
  }
}

/** Whether a text is to grow still. */
export function isGoing({ phase }: Progress): boolean {
  return phase === 'waiting' || phase === 'writing';
}

/** Whether a part of the view is unfolded: the next token is, until somebody folds it. */
export function isOpen(state: GenerationState, id: 'sampling' | 'next' | 'cache'): boolean {
  return state.open.value[id] ?? id === 'next';
}
