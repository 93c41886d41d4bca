/**
 * @file The model that was joined to the engine when the worker started: the shipped one, or a
 * user's edited copy.
 */
import { PlaygroundError } from '../config/errors';
import type { Model } from '../model/model';

/** What the model's script leaves in the worker's global scope. */
interface ModelScript {
  transformerPlaygroundModel?: { readonly model: Model };
}

export function loadedModel(): Model {
  const { transformerPlaygroundModel: script } = globalThis as ModelScript;
  if (script) return script.model;
  throw new PlaygroundError({
    code: 'model-missing',
    message: 'The engine started without a model.',
    remedy: 'Close the playground and open it again.',
  });
}
