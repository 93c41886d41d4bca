/** @file The moments at which heads became what they are, as marks of a curve. Pure. */
import type { RoleGained } from '../../protocol/moments';
import type { Mark } from '../charts/curves';
import { headName } from './attention/shownMaps';

const became: Readonly<Record<RoleGained['role'], string>> = {
  'previous-token': 'a previous-token head',
  'first-token': 'a first-token head',
  'same-token': 'a same-token head',
  induction: 'an induction head',
  uniform: 'a uniform head',
};

/** A mark a step, ascending: “layer 1, head 3 became an induction head”. */
export function gainedMarks(gained: readonly RoleGained[]): Mark[] {
  const bySteps = new Map<number, string[]>();
  for (const { step, path, head, role } of gained) {
    const text = `${headName({ path, head })} became ${became[role]}`;
    const texts = bySteps.get(step) ?? [];
    bySteps.set(step, [...texts, `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`]);
  }
  return [...bySteps]
    .sort(([a], [b]) => a - b)
    .map(([x, texts]) => ({ x, text: texts.join('; ') }));
}
