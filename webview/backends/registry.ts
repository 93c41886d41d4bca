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

/** What has to be done before a backend goes, each with that backend. */
const farewells: ((backend: object) => void)[] = [];

/** Has what is kept on a backend beyond any run given back before the backend is forgotten. */
export function beforeForgetting(giveBack: (backend: object) => void): void {
  farewells.push(giveBack);
}

/** Disposes a backend with all its tensors, if tfjs has it; an unknown name is no error. */
export function forgetBackend(name: string): void {
  const factory: unknown = tf.findBackendFactory(name);
  if (!factory) return;
  // Looked up where tfjs keeps those it has started: asking for it by name would start it.
  const started: object | undefined = tf.engine().registry[name];
  if (started) for (const giveBack of farewells) giveBack(started);
  tf.removeBackend(name);
}
