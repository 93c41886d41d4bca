/** @file The configuration form and the sampling controls: what stands in them, and what follows from it. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  configForText,
  defaultPreset,
  defaultSampling,
  presetById,
  presets,
  type Preset,
} from '../../config/presets';
import type { RunConfig } from '../../config/run';
import type { SamplingConfig } from '../../config/sampling';
import type { RunFacts } from '../../protocol/engineApi';
import {
  differences,
  readForm,
  readSampling,
  runName,
  unchangedName,
  valuesOf,
  type Difference,
  type FormValues,
  type Reading,
} from './formValues';
import type { UiMemory } from './uiMemory';

export class FormState {
  readonly presetId: Signal<string>;
  readonly values: Signal<FormValues>;
  readonly prompt: Signal<string>;
  /** Which disclosures are open. */
  readonly open: Signal<Readonly<Record<string, boolean>>>;
  readonly #facts: ReadonlySignal<RunFacts | undefined>;
  readonly #shownRun: Signal<string | undefined>;

  constructor(facts: ReadonlySignal<RunFacts | undefined>, memory: UiMemory | undefined) {
    this.#facts = facts;
    this.#shownRun = signal(memory?.shownRun);
    this.presetId = signal(memory?.preset ?? defaultPreset.id);
    this.values = signal({ ...defaults(defaultPreset), ...memory?.values });
    this.prompt = signal(memory?.prompt ?? '');
    this.open = signal(memory?.open ?? {});
  }

  /** What can be chosen: the presets, and the text of the user's that a run learns from. */
  readonly presets: ReadonlySignal<readonly Preset[]> = computed(() => {
    const facts = this.#facts.value;
    return facts?.config.data.source === 'text' ? [...presets, textPreset(facts)] : presets;
  });

  /** What the text of the user's is called, where a run learns from one. */
  readonly textName: ReadonlySignal<string | undefined> = computed(() => {
    const facts = this.#facts.value;
    return facts?.config.data.source === 'text' ? unchangedName(facts.config.name) : undefined;
  });

  readonly preset: ReadonlySignal<Preset> = computed(
    () =>
      this.presets.value.find(({ id }) => id === this.presetId.value) ??
      presetById(this.presetId.value) ??
      defaultPreset,
  );

  readonly differences: ReadonlySignal<readonly Difference[]> = computed(() =>
    differences(this.values.value, this.preset.value.config),
  );

  /** The configuration to train, or what is wrong with it. */
  readonly config: ReadonlySignal<Reading<RunConfig>> = computed(() => {
    const preset = this.preset.value;
    const name = runName(preset, this.differences.value);
    return readForm(this.values.value, { ...preset.config, name });
  });

  readonly sampling: ReadonlySignal<Reading<SamplingConfig>> = computed(() =>
    readSampling(this.values.value, defaultSampling),
  );

  set(path: string, value: string | boolean): void {
    this.values.value = { ...this.values.value, [path]: value };
  }

  setOpen(id: string, open: boolean): void {
    this.open.value = { ...this.open.value, [id]: open };
  }

  choosePreset(id: string): void {
    const preset = this.presets.value.find((candidate) => candidate.id === id);
    if (preset === undefined) return;
    batch(() => {
      this.presetId.value = id;
      this.reset();
    });
  }

  /** Back to the preset; the sampling controls stay. */
  reset(): void {
    this.values.value = { ...this.values.value, ...valuesOf(this.preset.value.config) };
  }

  /**
   * Shows the configuration of a run that was loaded, once: what is typed after it ends, stays. Whether the form stood
   * open was chosen for the run before it.
   */
  showRun(facts: RunFacts): void {
    if (this.#shownRun.peek() === facts.runId) return;
    batch(() => {
      this.#shownRun.value = facts.runId;
      this.presetId.value = facts.config.preset ?? defaultPreset.id;
      this.values.value = { ...this.values.peek(), ...valuesOf(facts.config) };
      const others = Object.entries(this.open.peek()).filter(([id]) => id !== 'configuration');
      this.open.value = Object.fromEntries(others);
    });
  }

  /** What is worth keeping when the page is reloaded. */
  remember(): UiMemory {
    const shownRun = this.#shownRun.value;
    return {
      version: 1,
      preset: this.presetId.value,
      values: this.values.value,
      prompt: this.prompt.value,
      open: this.open.value,
      ...(shownRun === undefined ? {} : { shownRun }),
    };
  }
}

function defaults(preset: Preset): FormValues {
  return valuesOf({ ...preset.config, sampling: defaultSampling });
}

function textPreset({ config }: RunFacts): Preset {
  const name = unchangedName(config.name);
  const base = configForText(name);
  return {
    id: base.preset ?? 'text',
    label: name,
    shows: 'Learns from your text instead of the built-in stories.',
    config: base,
  };
}
