/** @file How a text came to its end, in words that follow “it”. */
import type { GenerateResult } from '../../protocol/engineApi';

export const endings: Readonly<Record<GenerateResult['ended'], string>> = {
  length: 'reached its length',
  'end-of-text': 'ended its text',
  cancelled: 'was stopped',
};
