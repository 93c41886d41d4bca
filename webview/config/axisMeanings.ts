/**
 * @file What the axes of a value mean, in a sentence for those who know code and not the
 * mathematics. Pure.
 */

const meanings: Readonly<Record<string, string>> = {
  batch: 'which of the texts that are computed side by side; they never mix',
  position: 'which token of the text, from the first on',
  query: 'which token looks',
  key: 'which token is looked at',
  source: 'which token of the text that is read',
  target: 'which token of the text that is written',
  head: 'which of the attention heads, each with a pattern of its own',
  kvHead: 'which of the heads that hold keys and values, shared by several query heads',
  dHead: 'the numbers that one head works with for each token',
  dHeads: 'the numbers of all heads, side by side',
  dModel: 'the numbers that describe one token on its way through the model',
  dMlp: 'the hidden units of the MLP, each with a question of its own',
  vocab: 'which token of the vocabulary',
  context: 'which place in the longest text that the model can see',
  one: 'a single number, where an axis was averaged away',
};

/** What an axis counts; of a name that the table does not know, that it is one. */
export function axisMeaning(axis: string): string {
  return meanings[axis] ?? 'an axis of its own';
}
