/** @file The schema of what a run learns from and how its text becomes tokens. */
import { choice } from './fields';
import * as z from './zod';

export const dataSchema = z.object(
  {
    source: choice('Text', 'What the model learns from.', {
      stories: 'Small stories (built in)',
      text: 'A text of yours',
    }),
    tokenizer: choice('Tokenizer', 'How text is cut into the tokens the model sees.', {
      characters: 'Characters',
      gpt2: 'GPT-2 BPE',
      cl100k_base: 'cl100k BPE (GPT-4)',
    }),
    vocabulary: choice(
      'Vocabulary',
      'With a BPE tokenizer: only the tokens that occur in the text, or all of them (up to 100,277, much slower).',
      { used: 'Tokens in the text', full: 'All tokens' },
    ),
  },
  { error: 'Data must be an object' },
);

export type DataConfig = z.infer<typeof dataSchema>;
export type TokenizerKind = DataConfig['tokenizer'];
