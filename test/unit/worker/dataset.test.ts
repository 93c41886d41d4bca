/**
 * @file The numbers beside a curve: what a token is, and what guessing, counting and knowing the
 * grammar achieve.
 */
import { describe, expect, it } from 'vitest';

import { defaultPreset } from '../../../webview/config/presets';
import type { RunConfig } from '../../../webview/config/run';
import { logProbability } from '../../../webview/tasks/stories/score';
import { loadDataset, type Dataset } from '../../../webview/worker/dataset';
import { asset, shortRun } from '../support/session';

function datasetOf(config: RunConfig, text?: string): Promise<Dataset> {
  const bytes = new TextEncoder().encode(text).buffer;
  return loadDataset(config, text === undefined ? undefined : { name: 'a.txt', bytes }, {
    asset,
    yieldTo: () => Promise.resolve(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** Fourteen tokens of GPT-2, each a word with its space or the full stop, and 51 characters. */
const sentence = ' the cat sat on the mat and the dog sat on the log.';

describe('a text', () => {
  it('costs ln V where every token is as likely: its characters and the end of text', async () => {
    const { baselines } = await datasetOf(shortRun(), 'abcab'.repeat(40));
    expect(baselines.uniform).toBeCloseTo(Math.log(4), 12);
    expect(baselines).not.toHaveProperty('floor');
  });

  it('in characters has one a token, also beyond U+FFFF', async () => {
    expect((await datasetOf(shortRun(), 'abcd '.repeat(60))).charactersPerToken).toBe(1);
    expect((await datasetOf(shortRun(), '😀😁😂🤣 '.repeat(60))).charactersPerToken).toBe(1);
  });

  it('in words has as many characters in a token as its words have', async () => {
    const config = shortRun({}, {}, { tokenizer: 'gpt2' });
    const { task, charactersPerToken } = await datasetOf(config, sentence.repeat(20));
    expect(task.train.length + task.validation.length).toBe(20 * 14);
    expect(charactersPerToken).toBeCloseTo(51 / 14, 12);
  });

  it('keeps all tokens of GPT-2 where the whole vocabulary is chosen, to write any word', async () => {
    const config = shortRun({}, {}, { tokenizer: 'gpt2', vocabulary: 'full' });
    const { tokenizer, notices } = await datasetOf(config, sentence.repeat(20));
    expect(tokenizer.vocabularySize).toBe(50257);
    expect(tokenizer.decode(tokenizer.encode(' submarine'))).toBe(' submarine');
    expect(notices).toEqual([]);
  });

  it('says over how many tokens it is trained: its own nine and the end of text', async () => {
    const config = shortRun({}, {}, { tokenizer: 'gpt2' });
    const { tokenizer, notices } = await datasetOf(config, sentence.repeat(20));
    expect(new Set(tokenizer.encode(sentence)).size).toBe(9);
    expect(tokenizer.vocabularySize).toBe(10);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /over 10 of 50,257 tokens: those that .* and the one that ends a text\./,
      ),
    ]);
  });

  it('has samples start with its first character', async () => {
    const { tokenizer, start } = await datasetOf(shortRun(), 'the cat sat. '.repeat(20));
    expect(tokenizer.decode([start])).toBe('t');
  });

  it('has no grammar by which a sample could be judged', async () => {
    const { score } = await datasetOf(shortRun(), sentence.repeat(4));
    expect(score('om has a bal and a boll the')).toEqual({});
  });
});

describe('the built-in stories', () => {
  it('have the floor of those that judge, which are not learned from', async () => {
    const { tokenizer, task, baselines } = await datasetOf(defaultPreset.config);
    const nats = storiesIn(task.validation, tokenizer).map((text) => -logProbability(text));
    const floor = nats.reduce((sum, each) => sum + each, 0) / task.validation.length;
    expect(baselines.floor).toBeCloseTo(floor, 12);
    expect(baselines.trigram).toBeGreaterThan(floor);
  });

  it('have no floor in another unit: it is known a character, not a token of GPT-2', async () => {
    const { config } = defaultPreset;
    const words = { ...config, data: { ...config.data, tokenizer: 'gpt2' as const } };
    const { baselines } = await datasetOf(words);
    expect(baselines).not.toHaveProperty('floor');
    expect(baselines.bigram).toBeGreaterThan(0);
  });

  it('have samples start where a story does: after the end of another', async () => {
    const { tokenizer, start } = await datasetOf(defaultPreset.config);
    expect(start).toBe(tokenizer.endOfText);
  });

  it('say which share of a sample’s words and sentences is right', async () => {
    const { score } = await datasetOf(defaultPreset.config);
    // Of the words between the first and the last, bxll is none; of the sentences after the first,
    // the second is wrong.
    expect(score('m is sad. tom has a bxll. the dogs run. who ha')).toEqual({
      lexiconShare: 9 / 10,
      sentenceShare: 1 / 2,
    });
    expect(score('tom')).toEqual({});
  });
});

/** The texts between end-of-text tokens. */
function storiesIn(ids: Int32Array, tokenizer: Dataset['tokenizer']): string[] {
  const stories: string[] = [];
  for (let start = 0; start < ids.length;) {
    const end = ids.indexOf(tokenizer.endOfText, start);
    stories.push(tokenizer.decode(ids.subarray(start, end)));
    start = end + 1;
  }
  return stories;
}
