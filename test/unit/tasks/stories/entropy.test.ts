/** @file The entropy computed from the grammar is what its stories show. */
import { expect, it } from 'vitest';
import { randomKey } from '../../../../webview/config/random';
import { textOf } from '../../../../webview/tasks/stories/derivation';
import { generateStory } from '../../../../webview/tasks/stories/generate';
import { storyEntropy } from '../../support/storyEntropy';

it('agrees with the mean over 20,000 stories within four standard errors', () => {
  const nats: number[] = [];
  const tokens: number[] = [];
  for (let index = 0; index < 20_000; index++) {
    const { words, logProbability } = generateStory(randomKey(7, 'stories', index));
    nats.push(-logProbability);
    tokens.push(textOf(words.map((word) => word.text)).length + 1);
  }
  const { natsPerStory, tokensPerStory, natsPerToken } = storyEntropy();
  expect(Math.abs(mean(nats) - natsPerStory)).toBeLessThan(4 * standardError(nats));
  expect(Math.abs(mean(tokens) - tokensPerStory)).toBeLessThan(4 * standardError(tokens));
  expect(natsPerToken).toBeCloseTo(natsPerStory / tokensPerStory, 12);
  expect(standardError(nats)).toBeLessThan(0.1);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / values.length);
}
