/**
 * @file Pairs of words that meet in no story, though each word is frequent: whoever wants to know
 * whether a model generalizes asks it about these. Knows words only.
 */

export const heldOut = {
  /**
   * [giver, receiver]: the first never gives anything to the second; the second may give to the
   * first.
   */
  giving: [
    ['tom', 'mia'],
    ['anna', 'ben'],
    ['ben', 'sam'],
    ['mia', 'sam'],
    ['sam', 'anna'],
  ],
  /** [describer, thing]: never a red kite. */
  describing: [
    ['red', 'kite'],
    ['big', 'hat'],
    ['new', 'drum'],
    ['small', 'cake'],
    ['warm', 'ball'],
  ],
  /** [being, action]: never a dog that sings, in either number. */
  acting: [
    ['dog', 'sing'],
    ['cat', 'run'],
    ['bird', 'walk'],
    ['girl', 'jump'],
    ['fox', 'dance'],
  ],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;

export type HeldOutKind = keyof typeof heldOut;
