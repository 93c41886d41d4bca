/** @file Reading a story back gives what told it; what is not quite a story is refused. */
import { describe, expect, it } from 'vitest';
import { randomKey } from '../../../../webview/config/random';
import { textOf } from '../../../../webview/tasks/stories/derivation';
import { generateStory } from '../../../../webview/tasks/stories/generate';
import { derivationsOf, isSentence, parseStory } from '../../../../webview/tasks/stories/parse';

it('finds one derivation of each of 1,000 stories: the one that told it', () => {
  for (let index = 0; index < 1000; index++) {
    const told = generateStory(randomKey(5, 'stories', index));
    const derivations = derivationsOf(textOf(told.words.map((word) => word.text)));
    expect(derivations).toEqual([told]);
  }
});

const good =
  'tom has a red ball. the dogs that the girl sees run. tom gives the ball to anna.\nwho has the ball now? anna has the ball.';

describe('parseStory', () => {
  it('reads the story that the next tests damage', () => {
    expect(parseStory(good)).toBeDefined();
  });

  it.each([
    ['a verb that agrees with the nearer noun', 'sees run', 'sees runs'],
    ['a clause whose verb disagrees', 'girl sees', 'girl see'],
    ['a wrong answer', 'anna has the ball.', 'tom has the ball.'],
    ['another thing than before', 'gives the ball', 'gives the hat'],
    ['a gift by one who has nothing', 'tom gives', 'ben gives'],
    ['a gift to oneself', 'to anna', 'to tom'],
    ['a pair that is held out', 'red ball', 'warm ball'],
    ['a dog that sings, which is held out', 'sees run', 'sees sing'],
    ['a word that is none', 'red', 'rde'],
    ['two spaces', 'a red', 'a  red'],
    ['a space before a mark', 'ball. the', 'ball . the'],
    ['a capital letter', 'tom has', 'Tom has'],
    ['a missing line end', '\nwho', ' who'],
    ['a missing full stop', /\.$/, ''],
    ['words after the end', /\.$/, '. tom has a ball.'],
  ])('refuses %s', (_, from, to) => {
    expect(good.replace(from, to)).not.toBe(good);
    expect(parseStory(good.replace(from, to))).toBeUndefined();
  });

  it('refuses an empty text', () => {
    expect(parseStory('')).toBeUndefined();
  });
});

describe('isSentence', () => {
  it.each([
    'in the park, mia finds a kite.',
    'the old dog that sees the mice runs in the park.',
    'anna gives the ball to ben.',
    'anna is happy, and tom is sad.',
    'what does ben have now?',
    'ben has the ball.',
    'ben has a red kite.',
    'the dog sings.',
  ])('knows “%s” wherever it stands, held-out pairs too', (text) => {
    expect(isSentence(text)).toBe(true);
  });

  it.each([
    'the old dog that sees the mice run.',
    'anna gives the ball ben.',
    'the dog that the dog sees runs',
    'anna is happy and tom is sad.',
    'tom.',
    '.',
    '',
    'anna is happy. tom is sad.',
  ])('refuses “%s”', (text) => {
    expect(isSentence(text)).toBe(false);
  });
});
