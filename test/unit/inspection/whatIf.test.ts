/** @file Parts of a model changed for a moment: what becomes of its text, by other arithmetic. */
import { beforeAll, describe, expect, it } from 'vitest';
import { shownText } from '../../../webview/inspection/shownText';
import { whatIf, type WhatIf } from '../../../webview/inspection/whatIf';
import type { LookedText } from '../../../webview/protocol/attentionMaps';
import type { ChangedPart, PartChange } from '../../../webview/protocol/whatIf';
import { characterTokenizer } from '../../../webview/tokenizers/characters';
import { dryPass } from '../../../webview/training/dryPass';
import type { Trainer } from '../../../webview/training/trainer';
import { hostBackends, useBackend } from '../support/backends';
import { randomTrainer, rungs, smallShape, trainerOf, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';
import { subjectOf } from '../training/looking';
import { lensByHand, passByHand, softmaxOf, surprisesByHand } from './byHand';
import { endOfText, inductionTrainer } from './inductionModel';

/** Six characters and the end of text: as many tokens as the small model knows. */
const tokenizer = characterTokenizer('abc de');

async function ask(
  trainer: Trainer,
  text: string,
  changes: readonly PartChange[],
  sample: Partial<WhatIf['sample']> = {},
) {
  const read = (of: LookedText) =>
    shownText(
      of.from === 'text' ? tokenizer.encode(of.text) : new Int32Array(),
      tokenizer,
      trainer.config.context,
    );
  return whatIf(
    subjectOf(trainer),
    {
      text: read({ from: 'text', text }),
      changes,
      sample: { tokens: 0, temperature: 0, seed: 1, ...sample },
    },
    { tokenizer, read, turn: (pass) => pass() },
  );
}

const pattern = 'decoder.1.selfAttention.pattern';
const head = (index: number) => ({ part: 'head', path: pattern, head: index }) as const;

/** The same model with some weights changed. */
async function changedTrainer(
  trainer: Trainer,
  change: Record<string, (weight: number, at: number) => number>,
): Promise<Trainer> {
  const weights = await weightsOf(trainer.parameters);
  for (const [name, of] of Object.entries(change)) {
    weights.set(name, Float32Array.from(weights.get(name) ?? [], of));
  }
  return trainerOf({}, {}, { restored: { weights, step: 0 } });
}

describe.each(hostBackends)('what if, on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('nothing is changed: loss, next tokens and text are those of the model, twice', async () => {
    const trainer = randomTrainer();
    const seen = await ask(trainer, 'abc', [], { tokens: 3 });
    expect(seen.after).toEqual(seen.before);
    const ids = [...tokenizer.encode('abc')];
    const { logits } = passByHand(await weightsOf(trainer.parameters), trainer.config, ids);
    const surprises = surprisesByHand(logits, ids);
    expectClose(seen.before.surprises, surprises);
    expect(seen.before.loss).toBeCloseTo(((surprises[0] ?? NaN) + (surprises[1] ?? NaN)) / 2, 5);
    const shares = softmaxOf(logits.at(-1) ?? []);
    // All seven tokens, fewer than ten, likeliest first.
    const order = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
    expect(seen.next.map(({ token }) => token.id)).toEqual(order);
    expectClose(
      seen.next.map(({ before }) => before),
      order.map((id) => shares[id] ?? NaN),
    );
    trainer.dispose();
  });

  it('a head is silenced: as if its rows of W_O were zero, in the text that it writes too', async () => {
    const trainer = randomTrainer();
    const seen = await ask(trainer, 'abd', [{ do: 'zero', at: head(1) }], { tokens: 3 });
    // Head 1 of 2 holds the rows 4 to 7 of the eight.
    const cut = await changedTrainer(trainer, {
      'decoder.1.selfAttention.output.weight': (weight, at) => (at < 4 * 8 ? weight : 0),
    });
    const want = await ask(cut, 'abd', [], { tokens: 3 });
    expect(seen.after.loss).toBeCloseTo(want.before.loss ?? NaN, 5);
    expect(seen.after.sample).toEqual(want.before.sample);
    expect(seen.after.loss).not.toBeCloseTo(seen.before.loss ?? NaN, 3);
    trainer.dispose();
    cut.dispose();
  });

  it('an MLP is silenced or scaled: as if its last matrix and bias were', async () => {
    const trainer = randomTrainer();
    const at = { part: 'value', path: 'decoder.0.mlp.output' } as const;
    for (const by of [0, 2]) {
      const change: PartChange = by === 0 ? { do: 'zero', at } : { do: 'scale', by, at };
      const seen = await ask(trainer, 'bad', [change]);
      const scaled = await changedTrainer(trainer, {
        'decoder.0.mlp.output.weight': (weight) => by * weight,
        'decoder.0.mlp.output.bias': (weight) => by * weight,
      });
      const want = await ask(scaled, 'bad', []);
      expectClose(seen.after.surprises, want.before.surprises);
      scaled.dispose();
    }
    trainer.dispose();
  });

  it('a layer is silenced: as if it were not there', async () => {
    const trainer = randomTrainer();
    const seen = await ask(trainer, 'cab', [{ do: 'zero', at: { part: 'layer', layer: 1 } }]);
    const weights = await weightsOf(trainer.parameters);
    const ids = [...tokenizer.encode('cab')];
    const { logits } = passByHand(weights, { ...trainer.config, layers: 1 }, ids);
    expectClose(seen.after.surprises, surprisesByHand(logits, ids));
    const twice = await ask(trainer, 'cab', [
      { do: 'scale', by: 1, at: { part: 'layer', layer: 0 } },
    ]);
    expectClose(twice.after.surprises, twice.before.surprises, 1e-5);
    trainer.dispose();
  });

  it('a part says only what it says on average over the tokens so far', async () => {
    const trainer = randomTrainer();
    const ids = [...tokenizer.encode('abcd')];
    const weights = await weightsOf(trainer.parameters);
    const { layers } = passByHand(weights, trainer.config, ids);
    const { before = [], after = [] } = layers[1] ?? {};
    const soFar = (rows: typeof after): number[][] =>
      rows.map((row, at) =>
        row.map((_, unit) => {
          const seen = rows.slice(0, at + 1);
          return seen.reduce((sum, each) => sum + (each[unit] ?? NaN), 0) / seen.length;
        }),
      );
    const surprisesOf = (stream: typeof after): number[] =>
      surprisesByHand(lensByHand(weights, trainer.config, stream), ids);
    const at = { part: 'value', path: 'decoder.1.residualAfter' } as const;
    const value = await ask(trainer, 'abcd', [{ do: 'mean', at }]);
    expectClose(value.after.surprises, surprisesOf(soFar(after)));
    const added = soFar(
      after.map((row, t) => row.map((unit, u) => unit - (before[t]?.[u] ?? NaN))),
    );
    const layer = await ask(trainer, 'abcd', [{ do: 'mean', at: { part: 'layer', layer: 1 } }]);
    expectClose(
      layer.after.surprises,
      surprisesOf(before.map((row, t) => row.map((unit, u) => unit + (added[t]?.[u] ?? NaN)))),
    );
    trainer.dispose();
  });

  it('no part tells a token of those after it: what comes later changes no earlier loss', async () => {
    const trainer = randomTrainer();
    const parts: readonly ChangedPart[] = [
      head(1),
      { ...head(0), positions: [1] },
      { part: 'value', path: 'decoder.0.selfAttention.values' },
      { part: 'value', path: 'decoder.0.mlp.output' },
      { part: 'layer', layer: 0 },
      { part: 'layer', layer: 1 },
    ];
    for (const at of parts) {
      for (const deed of ['zero', 'mean'] as const) {
        const one = await ask(trainer, 'abca', [{ do: deed, at }]);
        const other = await ask(trainer, 'abcd', [{ do: deed, at }]);
        const name = `${deed} ${JSON.stringify(at)}`;
        expect(one.after.surprises, name).not.toEqual(one.before.surprises);
        // Of the surprise at the last token, that token itself is a part.
        expectClose(one.after.surprises.slice(0, 2), other.after.surprises.slice(0, 2), 1e-6);
      }
    }
    trainer.dispose();
  });

  it('a value is patched with itself: nothing changes, anywhere', async () => {
    const trainer = randomTrainer();
    const from = { from: 'text', text: 'abc' } as const;
    const { points } = dryPass(trainer.model, trainer.config, 1, 3);
    for (const { path } of points.filter((point) => !['surprise', 'loss'].includes(point.path))) {
      if (path === 'positionEmbedding') continue;
      const change: PartChange = { do: 'patch', from, at: { part: 'value', path } };
      const seen = await ask(trainer, 'abc', [change], { tokens: 2, temperature: 1 });
      expect(seen.after, path).toEqual(seen.before);
    }
    trainer.dispose();
  });

  it('the whole stream is patched from another text: the model speaks of that one', async () => {
    const trainer = randomTrainer();
    const from = { from: 'text', text: 'dad' } as const;
    const at = { part: 'value', path: 'decoder.1.residualAfter' } as const;
    const seen = await ask(trainer, 'abc', [{ do: 'patch', from, at }]);
    const other = await ask(trainer, 'dad', []);
    const afterOf = ({ next }: typeof seen, side: 'before' | 'after') =>
      new Map(next.map((each) => [each.token.id, each[side]]));
    const want = afterOf(other, 'before');
    for (const [id, share] of afterOf(seen, 'after'))
      expect(share).toBeCloseTo(want.get(id) ?? NaN, 6);
    // At its last position alone, what comes next is the same, and the rest stays.
    const last = await ask(trainer, 'abc', [{ do: 'patch', from, at: { ...at, positions: [2] } }]);
    expect(afterOf(last, 'after')).toEqual(afterOf(seen, 'after'));
    expect(last.after.surprises).toEqual(last.before.surprises);
    trainer.dispose();
  });

  it('a head is patched: as if it had looked at the other text', async () => {
    const trainer = randomTrainer();
    const from = { from: 'text', text: 'ded' } as const;
    const seen = await ask(trainer, 'cab', [
      { do: 'patch', from, at: head(0) },
      { do: 'patch', from, at: head(1) },
    ]);
    const both = await ask(trainer, 'cab', [
      {
        do: 'patch',
        from,
        at: { part: 'value', path: 'decoder.1.selfAttention.weightedValues' },
      },
    ]);
    expect(seen.after.surprises).toEqual(both.after.surprises);
    expect(seen.after.surprises).not.toEqual(seen.before.surprises);
    trainer.dispose();
  });

  it('is told of every rung of the ladder', async () => {
    for (const [, change] of rungs) {
      const trainer = randomTrainer(change);
      const seen = await ask(trainer, 'ab', [
        { do: 'zero', at: { part: 'value', path: 'logits' } },
      ]);
      // Logits of zero: every token is equally likely.
      expect(seen.after.loss).toBeCloseTo(Math.log(smallShape.vocabulary), 5);
      trainer.dispose();
    }
  });
});

describe('the text of a changed model', () => {
  beforeAll(() => useBackend('cpu'));

  it('repeats what was said, and no longer with the head that copies silenced', async () => {
    const trainer = inductionTrainer();
    const letters = characterTokenizer('abcdefghijk');
    expect(letters.endOfText).toBe(endOfText);
    const text = shownText(letters.encode('bdhcafbdh'), letters, trainer.config.context);
    const seen = await whatIf(
      subjectOf(trainer),
      {
        text,
        changes: [{ do: 'zero', at: head(0) }],
        sample: { tokens: 3, temperature: 0, seed: 1 },
      },
      { tokenizer: letters, read: () => text, turn: (pass) => pass() },
    );
    expect(seen.before.sample.text).toBe('caf');
    expect(seen.after.sample.text).not.toBe('caf');
    expect(seen.next[0]?.token.label).toBe('c');
    trainer.dispose();
  });

  it('ends where the context is full, and is drawn by its seed', async () => {
    const trainer = randomTrainer({}, 1);
    const seen = await ask(trainer, 'abcd', [], { tokens: 50, temperature: 2, seed: 3 });
    expect(seen.before.sample.tokens.length).toBeLessThanOrEqual(2);
    const again = await ask(trainer, 'abcd', [], { tokens: 50, temperature: 2, seed: 3 });
    expect(again).toEqual(seen);
    trainer.dispose();
  });
});

describe('a change that cannot be made', () => {
  beforeAll(() => useBackend('cpu'));

  it.each<[PartChange, string]>([
    [{ do: 'zero', at: { part: 'layer', layer: 2 } }, 'Layer 2 does not exist; there are 2'],
    [{ do: 'zero', at: { part: 'value', path: 'decoder.9.mlp.output' } }, 'decoder.9.mlp.output'],
    [{ do: 'zero', at: head(2) }, 'head 2 does not exist; there are 2'],
    [{ do: 'zero', at: { ...head(0), positions: [9] } }, 'query 9 does not exist; there are 3'],
    [
      { do: 'scale', by: 1e39, at: { part: 'value', path: 'logits' } },
      'The changed model gives numbers that are not finite',
    ],
    [
      { do: 'patch', from: { from: 'text', text: 'ab' }, at: head(0) },
      'has 2 tokens, and the one shown 3',
    ],
  ])('%j is refused with what helps', async (change, message) => {
    const trainer = randomTrainer();
    await expect(ask(trainer, 'abc', [change])).rejects.toThrow(message);
    trainer.dispose();
  });
});
