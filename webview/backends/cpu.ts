/** @file Plain CPU: JavaScript alone, slow and always there. */
import { makeCurrent } from './registry';

/** Makes plain CPU the current backend. */
export async function openCpu(): Promise<void> {
  await makeCurrent('cpu');
}
