/** @file What the panel of the selected place says, and which words of the glossary lead to it. */
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../webview/config/traceRecord';
import type { SelectedView } from '../../../webview/protocol/selectedView';
import { glossaryWords, wordOf } from '../../../webview/ui/views/glossaryWords';
import { measuresOf } from '../../../webview/ui/views/measures';
import {
  ageWords,
  hasBars,
  histogramWords,
  namedNumbers,
  nonFiniteWords,
  placeWords,
} from '../../../webview/ui/views/selectedWords';
import { indexedModel } from '../support/modelSource';

const statistics = {
  mean: -0.5,
  deviation: 1,
  min: -4,
  max: 4,
  nonFinite: 0,
  histogram: [0, 4, 3, 1],
};

const view: SelectedView = {
  selection: { path: 'logits' },
  title: 'Logits',
  explanation: '',
  axes: [],
  isAttention: false,
  status: 'seen',
};

describe('a place', () => {
  it('is named by layer, head and token, as far as it has them', () => {
    expect(placeWords(view)).toBe('');
    const selection = { path: 'decoder.1.mlp.output', token: 0 };
    expect(placeWords({ ...view, layer: 1, selection })).toBe('Layer 1, token 0');
    expect(placeWords({ ...view, selection: { path: 'x', head: 0 } })).toBe('Head 0');
  });
});

describe('its numbers', () => {
  it('grow old while something is trained', () => {
    expect(ageWords({ statistics, step: 1480, age: 3200 })).toBe('step 1,480, 3 s ago');
    expect(ageWords({ statistics, step: 1480 })).toBe('step 1,480');
  });

  it('that are not finite are counted, and where no other is left there is nothing else', () => {
    expect(nonFiniteWords({ ...statistics, nonFinite: 65_536 })).toBe('65,536 NaN or ∞');
    expect(nonFiniteWords(statistics)).toBeUndefined();
    const none = { ...statistics, histogram: [] };
    expect(namedNumbers(none, false)).toEqual([]);
    expect(hasBars(none)).toBe(false);
  });

  it('that are all the same have no bars', () => {
    expect(hasBars({ ...statistics, min: 2, max: 2 })).toBe(false);
  });

  it('are told in words where they lie: the fullest bar, and the middle half', () => {
    // Eight numbers: the second to the sixth of them lie in the second and the third bin.
    expect(histogramWords(statistics)).toBe(
      'Numbers from −4.00 to 4.00 in 4 columns. The fullest, from −2.00 to 0.00, holds 50%. The middle half lies from −2.00 to 2.00.',
    );
  });
});

describe('a word of the glossary', () => {
  it('stands in the help of its entry and names a place of the model', async () => {
    const { records } = await indexedModel();
    const measures = measuresOf({ points: [], samples: [], facts: undefined });
    for (const [label, { word, path }] of Object.entries(glossaryWords)) {
      const help = measures.find((measure) => measure.label === label)?.help ?? '';
      const found = wordOf(label, help);
      expect(found && found.before + found.word + found.after, word).toBe(help);
      expect(placeOf(records, path), path).toBeDefined();
    }
  });

  it('is missed by an entry that has none', () => {
    expect(wordOf('Epochs', 'How many times over')).toBeUndefined();
  });
});
