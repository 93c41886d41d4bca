/** @file Plain CPU: JavaScript alone, slow and always there. */
import * as tf from './tf';

/** Makes plain CPU the current backend. */
export async function openCpu(): Promise<void> {
  await tf.setBackend('cpu');
}
