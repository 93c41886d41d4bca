/**
 * @file Pairs of words that meet in no story, though each word is frequent: whoever wants to know whether a model
 * generalizes asks it about these. Knows words only.
 */

export const heldOut = {
  /** [giver, receiver]: the first never gives anything to the second; the second may give to the first. */
  giving: [
    ['tom', 'mia'],
    ['anna', 'ben'],
    ['ben', 'sam'],
    ['mia', 'tom'],
    ['sam', 'lily'],
    ['lily', 'anna'],
    ['max', 'kim'],
    ['kim', 'leo'],
  ],
  /** [describer, thing]: never a red kite. */
  describing: [
    ['red', 'kite'],
    ['big', 'hat'],
    ['new', 'book'],
    ['blue', 'ball'],
    ['small', 'drum'],
    ['green', 'cake'],
    ['long', 'boat'],
    ['warm', 'ring'],
  ],
  /** [being, action]: never a dog that sings, in either number. */
  acting: [
    ['dog', 'sing'],
    ['cat', 'run'],
    ['bird', 'sleep'],
    ['girl', 'jump'],
    ['boy', 'dance'],
    ['cow', 'play'],
    ['duck', 'swim'],
    ['fox', 'smile'],
  ],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;

export type HeldOutKind = keyof typeof heldOut;
