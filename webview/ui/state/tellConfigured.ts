/**
 * @file The model that stands in the form, on its way to the host: only one that can be trained,
 * and only a few times a second, however fast its numbers are changed.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { ModelConfig } from '../../config/model';
import type { RunConfig } from '../../config/run';
import type { Reading } from './formValues';
import { throttle } from './throttle';

/** Milliseconds between two models that are told. */
const tellEvery = 250;

/**
 * Tells the model now, and again whenever it has changed, until what is returned is called. One
 * that cannot be trained is not told: what was told before it stands.
 */
export function tellConfigured(
  configured: ReadonlySignal<Reading<RunConfig>>,
  tell: (model: ModelConfig) => void,
): () => void {
  let told: string | undefined;
  const soon = throttle(tellEvery, () => {
    const reading = configured.peek();
    if (!reading.ok) return;
    const { model } = reading.value;
    const text = JSON.stringify(model);
    if (text === told) return;
    told = text;
    tell(model);
  });
  const end = effect(() => {
    if (configured.value.ok) soon.request();
  });
  return () => {
    end();
    soon.cancel();
  };
}
