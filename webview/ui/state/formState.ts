/**
 * @file The configuration form and the sampling controls: what stands in them, and what follows
 * from it.
 */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  configForText,
  defaultPreset,
  defaultSampling,
  presets,
  type Preset,
} from '../../config/presets';
import type { RunConfig } from '../../config/run';
import type { SamplingConfig } from '../../config/sampling';
import {
  differences,
  readForm,
  readSampling,
  runName,
  toCorrect,
  valuesOf,
  warningsOf,
  type Difference,
  type FormValues,
  type FormWarnings,
  type Reading,
} from './formValues';
import type { KnownRun } from './playgroundState';
import type { UiMemory } from './uiMemory';

/** The preset for whatever text the user chooses: the text has its name beside the field. */
const textPreset: Preset = {
  id: 'text',
  label: 'A text of yours',
  shows: 'Learns from your text instead of the built-in stories.',
  config: configForText('A text of yours'),
};

export class FormState {
  readonly presetId: Signal<string>;
  readonly values: Signal<FormValues>;
  readonly prompt: Signal<string>;
  /** Which disclosures are open. */
  readonly open: Signal<Readonly<Record<string, boolean>>>;
  /** Of the text that a run on a text would learn from, or the active one does. */
  readonly textName: ReadonlySignal<string | undefined>;
  readonly #shownRun: Signal<string | undefined>;

  constructor(textName: ReadonlySignal<string | undefined>, memory: UiMemory | undefined) {
    this.textName = textName;
    this.#shownRun = signal(memory?.shownRun);
    this.presetId = signal(memory?.preset ?? defaultPreset.id);
    this.values = signal({ ...defaults(defaultPreset), ...memory?.values });
    this.prompt = signal(memory?.prompt ?? '');
    this.open = signal(memory?.open ?? {});
  }

  readonly presets: readonly Preset[] = [...presets, textPreset];

  readonly preset: ReadonlySignal<Preset> = computed(
    () => this.presets.find(({ id }) => id === this.presetId.value) ?? defaultPreset,
  );

  readonly differences: ReadonlySignal<readonly Difference[]> = computed(() =>
    differences(this.values.value, this.preset.value.config),
  );

  /** The text that Train learns from, by its name if it has one yet; undefined for the stories. */
  readonly trainsOn: ReadonlySignal<string | undefined> = computed(() =>
    this.#isOnText() ? (this.textName.value ?? 'your text') : undefined,
  );

  /** The configuration that stands in the form, whether or not its text was chosen yet. */
  readonly configured: ReadonlySignal<Reading<RunConfig>> = computed(() => {
    const { config } = this.preset.value;
    return readForm(this.values.value, { ...config, name: this.#runName() });
  });

  /** The configuration to train, or what is wrong with it. */
  readonly config: ReadonlySignal<Reading<RunConfig>> = computed(() => {
    const reading = this.configured.value;
    return reading.ok && this.#isOnText() && this.textName.value === undefined
      ? { ok: false, errors: { 'data.source': 'Choose the text to learn from' } }
      : reading;
  });

  /** What the configuration leads to and is seldom meant. */
  readonly warnings: ReadonlySignal<FormWarnings> = computed(() => warningsOf(this.values.value));

  /** What is to be done before the configuration can be trained. */
  readonly toDo: ReadonlySignal<string | undefined> = computed(() => {
    if (this.config.value.ok) return undefined;
    const { ok, errors } = this.configured.value;
    return ok ? 'Choose a text first' : toCorrect(errors);
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
    const preset = this.presets.find((candidate) => candidate.id === id);
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
   * Shows the configuration of a run that was started or loaded, once: what is typed after it ends,
   * stays. Whether the form stood open was chosen for the run before it.
   */
  showRun({ runId, config }: KnownRun): void {
    if (this.#shownRun.peek() === runId) return;
    batch(() => {
      this.#shownRun.value = runId;
      this.presetId.value = config.preset ?? defaultPreset.id;
      this.values.value = { ...this.values.peek(), ...valuesOf(config) };
      const others = Object.entries(this.open.peek()).filter(([id]) => id !== 'configuration');
      this.open.value = Object.fromEntries(others);
    });
  }

  #isOnText(): boolean {
    return this.values.value['data.source'] === 'text';
  }

  /**
   * A run on a text is named after the text, and one on the stories never is: what the name says is
   * no change.
   */
  #runName(): string {
    const { label, config } = this.preset.value;
    const onText = this.#isOnText();
    const source = onText ? 'text' : 'stories';
    const changed = differences(this.values.value, { ...config, data: { ...config.data, source } });
    const ofPreset = config.data.source === 'text' ? 'Small stories' : label;
    return runName(this.trainsOn.value ?? ofPreset, changed);
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
