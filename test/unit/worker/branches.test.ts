/** @file Going on from a token of a text that was written: the same text again, or another one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../webview/config/presets';
import type { Generated } from '../../../webview/protocol/engineApi';
import { filterStages, type WrittenToken } from '../../../webview/protocol/writing';
import { Inspector } from '../../../webview/worker/inspector';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { tokenizedBy } from '../../../webview/worker/tokenizedBy';
import { useBackend } from '../support/backends';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

// Longer than the context of 8, so that its older half is dropped on the way.
const sampling = { ...defaultSampling, temperature: 1.5, maxTokens: 30, stopAtEnd: false };

async function paused(): Promise<TestedSession> {
  const tested = new TestedSession();
  await tested.start(longRun, { paused: true });
  return tested;
}

async function write(
  { session }: TestedSession,
  after: readonly number[] = [],
  change: Partial<typeof sampling> = {},
): Promise<{ text: string; tokens: readonly WrittenToken[] }> {
  const tokens: WrittenToken[] = [];
  const { text } = await session.generate(
    {
      id: 'g',
      prompt: 'the',
      after: Int32Array.from(after),
      alternatives: 3,
      sampling: { ...sampling, ...change },
    },
    new AbortController().signal,
    (piece) => tokens.push(...piece.tokens),
  );
  return { text, tokens };
}

describe('a text that was written', () => {
  it.each([true, false])(
    'is written again from any of its tokens, with cache: %s',
    async (cache) => {
      const tested = await paused();
      const whole = await write(tested, [], { cache });
      const ids = whole.tokens.map(({ id }) => id);
      for (const from of [1, 4, 5, 6, 12, 29]) {
        const rest = await write(tested, ids.slice(0, from), { cache, maxTokens: 30 - from });
        expect(rest.tokens.map(({ id }) => id)).toEqual(ids.slice(from));
      }
      await tested.session.stop();
    },
  );

  it('tells what could have stood at each place, likeliest first, and joins to its text', async () => {
    const tested = await paused();
    const { text, tokens } = await write(tested);
    expect(tokens).toHaveLength(30);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    for (const { id, probability, alternatives } of tokens) {
      const shares = alternatives.map((each) => each.probability);
      expect(shares).toHaveLength(3);
      const shown = { '␣': ' ', '⏎': '\n', '<|endoftext|>': '\n\n' };
      for (const { label, text } of alternatives) {
        expect(text).toBe(label in shown ? shown[label as keyof typeof shown] : label);
      }
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      const same = alternatives.find((each) => each.id === id);
      if (same) expect(same.probability).toBe(probability);
      else expect(probability).toBeLessThanOrEqual(shares[2] ?? NaN);
    }
    await tested.session.stop();
  });

  it('goes on from a token of the user’s choice, and refuses one that does not exist', async () => {
    const tested = await paused();
    const { tokens } = await write(tested);
    const [first] = tokens;
    const other = first?.alternatives.find(({ id }) => id !== first.id);
    const branch = await write(tested, [other?.id ?? NaN]);
    expect(branch.text).not.toBe('');
    await expect(write(tested, [4000])).rejects.toThrow('Token 4000 is outside');
    await tested.session.stop();
  });
});

describe('a text that was begun with an empty prompt', () => {
  const begun = async (tested: TestedSession): Promise<Generated['begins']> => {
    const pieces: Generated[] = [];
    const params = { id: 'g', prompt: '', sampling };
    await tested.session.generate(params, new AbortController().signal, (piece) => {
      pieces.push(piece);
    });
    return pieces[0]?.begins;
  };

  it('begins with what the model was given of the user’s text, as samples do', async () => {
    const tested = await paused();
    expect(await begun(tested)).toEqual({ prompt: 't', after: new Int32Array() });
    expect(tested.samples.map(({ prompt }) => prompt)).toEqual(['t']);
    const inspector = new Inspector(tested.session, new PacedLooks(tested.session));
    const next = (prompt: string) =>
      inspector.nextToken({ prompt, sampling, top: 1 }, new AbortController().signal);
    expect(await next('')).toMatchObject({ given: 't' });
    expect(await next('t')).toEqual({ ...(await next('')), given: undefined });
    await tested.session.stop();
  });

  it('begins with nothing where that is a part of a character: it cannot be a prompt', async () => {
    const tested = new TestedSession();
    const bytes = new TextEncoder().encode('漢字仮名 '.repeat(40)).buffer;
    const config = shortRun({}, {}, { tokenizer: 'gpt2' });
    await tested.start(config, { text: { name: 'kanji.txt', bytes }, paused: true });
    expect(await begun(tested)).toEqual({ prompt: '', after: new Int32Array() });
    expect(tested.samples.map(({ prompt }) => prompt)).toEqual(['']);
    const { session } = tested;
    const next = await new Inspector(session, new PacedLooks(session)).nextToken(
      { prompt: '', sampling, top: 3 },
      new AbortController().signal,
    );
    expect(next).not.toHaveProperty('given');
    await tested.session.stop();
  });
});

it('the next token is the one that writing draws from, branch included', async () => {
  const tested = await paused();
  const { session } = tested;
  const { tokens } = await write(tested);
  const inspector = new Inspector(session, new PacedLooks(session));
  const at = 5;
  const after = Int32Array.from(tokens.slice(0, at), ({ id }) => id);
  const next = await inspector.nextToken(
    { prompt: 'the', after, sampling, top: 3 },
    new AbortController().signal,
  );
  const drawn = tokens[at]?.alternatives.map(({ id }) => id);
  expect(next.tokens.map(({ id }) => id)).toEqual(drawn);
  next.tokens.forEach(({ probabilities }, place) => {
    expect(probabilities[0]).toBeCloseTo(tokens[at]?.alternatives[place]?.probability ?? NaN, 6);
  });
  expect(next.stages.map(({ stage }) => stage)).toEqual([...filterStages]);
  await session.stop();
});

it('a text is cut into tokens as the run’s tokenizer cuts it, or its stranger is named', async () => {
  const tested = await paused();
  const { tokens } = tokenizedBy(tested.session, 'a cat');
  expect(tokens.map(({ label }) => label)).toEqual(['a', '␣', 'c', 'a', 't']);
  expect(() => tokenizedBy(tested.session, 'Ω')).toThrow('Ω');
  await tested.session.stop();
});
