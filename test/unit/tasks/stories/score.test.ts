/**
 * @file The floor under the loss curve and the two shares beside it, by hand and against counting.
 */
import { describe, expect, it } from 'vitest';
import { ngramBaselines } from '../../../../webview/tasks/ngram';
import { storyCorpus } from '../../../../webview/tasks/stories/corpus';
import {
  floor,
  lexiconShare,
  logProbability,
  sentenceShare,
} from '../../../../webview/tasks/stories/score';
import { joinDocuments, textTask } from '../../../../webview/tasks/textTask';
import { charactersOf } from '../../../../webview/tokenizers/characters';

// The weights of ranks 0 to 4 are 1002, 990, 837, 502, 242; the sums of the lists: names 3951,
// things 3999, describers 3921, beings 4009, deeds 3895, actions 3933, feelings 3897.
const short =
  'tom has a ball. tom gives the ball to anna.\nwho has the ball now? anna has the ball.';
const shortByHand =
  Math.log((5 / 8) * (1002 / 3951) * (2 / 3) * (1002 / 3999)) +
  // No scene; anna among all but tom and mia, to whom tom never gives; nothing more happens; who
  // has it.
  Math.log((1 / 2) * (990 / (3951 - 1002 - 502)) * (2 / 6) * (3 / 5));

const long =
  'one day, anna finds a red ball. the dogs that the girl sees run. anna gives the ball to tom. tom is happy.\n' +
  'who gives the ball to tom? anna gives the ball to tom.';
const longByHand =
  // A ball among all things but the kite, which is never red.
  Math.log((2 / 8) * (990 / 3951) * (1 / 3) * (1002 / 3921) * (1002 / (3999 - 502))) +
  // A scene without a look: dog, plural; a relative clause with its own subject: girl, singular,
  // not dog; see.
  Math.log((1 / 2) * (4 / 5) * (1002 / 4009) * (2 / 5) * (3 / 8) * (502 / (4009 - 1002))) +
  Math.log((3 / 5) * (1002 / 3895)) +
  // run among all actions but sing; no place; tom among all but anna and ben.
  Math.log((1002 / (3933 - 990)) * (4 / 5) * (1002 / (3951 - 990 - 837))) +
  // One feeling; who gives.
  Math.log((1 / 6) * (1002 / 3897) * (3 / 4) * (1 / 5));

describe('logProbability', () => {
  it('is the product of the published probabilities', () => {
    expect(logProbability(short)).toBeCloseTo(shortByHand, 12);
    expect(logProbability(long)).toBeCloseTo(longByHand, 12);
  });

  it('is −∞ for what is no story', () => {
    expect(logProbability('tom has a ball.')).toBe(-Infinity);
  });
});

describe('floor', () => {
  it('is the mean over characters and one end-of-text token a story', () => {
    const byHand = -(shortByHand + longByHand) / (short.length + 1 + long.length + 1);
    expect(floor([short, long])).toBeCloseTo(byHand, 12);
  });

  it('names a document that is no story', () => {
    expect(() => floor([short, 'hello.'])).toThrow(
      /Document 1 is no story of the grammar: “hello.”/,
    );
    expect(() => floor([])).toThrow(/no floor of 0 documents/);
  });

  it('lies under what counting achieves on the validation part', () => {
    const { documents } = storyCorpus({ stories: 2000, seed: 1 });
    const tokenizer = charactersOf(documents);
    const text = joinDocuments(
      documents.map((document) => tokenizer.encode(document)),
      tokenizer.endOfText,
    );
    const task = textTask(text, 64);
    const below = floor(documents.slice(task.trainDocuments));
    const baselines = ngramBaselines(task.train, task.validation, tokenizer.vocabularySize);
    expect(below).toBeGreaterThan(0.1);
    expect(below).toBeLessThan(baselines?.trigram ?? 0);
    expect(baselines?.trigram).toBeLessThan(baselines?.bigram ?? 0);
  });
});

describe('the shares of a sample', () => {
  const corpus = storyCorpus({ stories: 40, seed: 6 }).documents.join('');

  it('are whole for the corpus itself, cut anywhere, with the end-of-text tokens gone', () => {
    for (let cut = 0; cut < 60; cut++) {
      const sample = corpus.slice(cut, corpus.length - 2 * cut);
      expect(lexiconShare(sample)).toBe(1);
      expect(sentenceShare(sample)).toBe(1);
    }
  });

  it('count words and sentences that are wrong', () => {
    expect(lexiconShare('om has a bal and a boll the')).toBeCloseTo(4 / 6, 12);
    expect(sentenceShare('all. tom has a ball. tom have a ball. the dogs run.\nwho h')).toBeCloseTo(
      2 / 3,
      12,
    );
    expect(lexiconShare('xx TOM 123 é the')).toBe(0);
  });

  it('are absent where nothing is whole', () => {
    expect(lexiconShare('tom has')).toBeUndefined();
    expect(sentenceShare('tom has. tom')).toBeUndefined();
  });
});
