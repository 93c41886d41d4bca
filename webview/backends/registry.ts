/** @file tfjs's list of backends. Knows no particular one. */
import * as tf from './tf';

/** Disposes a backend with all its tensors, if tfjs has it; an unknown name is no error. */
export function forgetBackend(name: string): void {
  const factory: unknown = tf.findBackendFactory(name);
  if (factory) tf.removeBackend(name);
}
