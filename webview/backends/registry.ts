/** @file tfjs's list of backends. Knows no particular one. */
import * as tf from './tf';

/**
 * Makes a backend the one that computes from now on. Throws where it does not start: tfjs says so
 * by `false` alone, and then takes the best that is left without a word.
 */
export async function makeCurrent(name: string): Promise<void> {
  const started = await tf.setBackend(name);
  if (!started || tf.getBackend() !== name) throw new Error(`The backend ${name} does not start.`);
}

/** Disposes a backend with all its tensors, if tfjs has it; an unknown name is no error. */
export function forgetBackend(name: string): void {
  const factory: unknown = tf.findBackendFactory(name);
  if (factory) tf.removeBackend(name);
}
