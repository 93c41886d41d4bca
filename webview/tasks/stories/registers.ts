/**
 * @file What a story keeps in mind, and from which words each is drawn. Knows nothing of sentences.
 */
import { category } from './category';
import type { Category } from './category';
import * as lexicon from './lexicon';

const name = category('name', 'none', lexicon.names);
const thing = category('thing', 'none', lexicon.things);
const being = category('being', 'free', lexicon.beings);
const action = category('action', 'agrees', lexicon.actions);
const deed = category('deed', 'agrees', lexicon.deeds);
const describer = category('describer', 'none', lexicon.describers);
const look = category('look', 'none', lexicon.looks);
const place = category('place', 'none', lexicon.places);
const feeling = category('feeling', 'none', lexicon.feelings);

export const registers = {
  giver: name,
  receiver: name,
  /** To whom the receiver gives the thing on. */
  third: name,
  thing,
  describer,
  look,
  being,
  /** The being inside a relative clause. */
  other: being,
  action,
  deed,
  place,
  feeling,
  otherFeeling: feeling,
} as const satisfies Record<string, Category>;

export type Register = keyof typeof registers;
