/**
 * @file What the grammar's stories hold on average, computed from its probabilities alone: the
 * entropy of a story, its length, and so the rate that no model beats in the long run. Draws
 * nothing: an independent reference for what stories are told to cost.
 */
import { numberWeights, weightSum } from '../../../webview/tasks/stories/category';
import type { Category, Entry } from '../../../webview/tasks/stories/category';
import { story } from '../../../webview/tasks/stories/grammar';
import type { EitherPart, Part, PickPart } from '../../../webview/tasks/stories/parts';
import { registers } from '../../../webview/tasks/stories/registers';
import type { Register } from '../../../webview/tasks/stories/registers';

export interface StoryEntropy {
  /** E[−ln P(story)]. */
  readonly natsPerStory: number;
  /** E[characters + 1]: the end-of-text token counts. */
  readonly tokensPerStory: number;
  /** natsPerStory / tokensPerStory, what `floor` approaches over many stories. */
  readonly natsPerToken: number;
}

/** The probability of each entry to be in a register. */
type Marginal = ReadonlyMap<Entry, number>;
type Marginals = ReadonlyMap<Register, Marginal>;

interface Expected {
  readonly nats: number;
  readonly tokens: number;
  readonly marginals: Marginals;
}

const singular = numberWeights[0] / (numberWeights[0] + numberWeights[1]);
const entropyOfNumber = entropyOf([singular, 1 - singular]);

/**
 * By the chain rule the entropy of a story is the sum of the entropies of its choices, each weighed
 * by the probability that it is made. A choice depends on at most one register, so that the
 * register's marginal distribution suffices.
 *
 * A word takes its letters and one token to part it from the word before; a line end takes the
 * place of that space, so that it counts nothing; the first word has no space, and the end of text
 * counts in its place.
 */
export function storyEntropy(): StoryEntropy {
  const { nats, tokens } = expect(story, new Map());
  return { natsPerStory: nats, tokensPerStory: tokens, natsPerToken: nats / tokens };
}

function expect(parts: readonly Part[], marginals: Marginals): Expected {
  let sum: Expected = { nats: 0, tokens: 0, marginals };
  for (const part of parts) {
    const { nats, tokens, marginals: after } = expectPart(part, sum.marginals);
    sum = { nats: sum.nats + nats, tokens: sum.tokens + tokens, marginals: after };
  }
  return sum;
}

function expectPart(part: Part, marginals: Marginals): Expected {
  switch (part.kind) {
    case 'word':
      return { nats: 0, tokens: tokensOfWord(part.text, part.role === 'mark'), marginals };
    case 'recall':
      return {
        nats: 0,
        tokens: meanTokens(part.register, marginalOf(part.register, marginals)),
        marginals,
      };
    case 'sentence':
      return expect(part.parts, marginals);
    case 'either':
      return expectEither(part, marginals);
    case 'pick': {
      const { nats, marginal } = expectPick(part, marginals);
      return {
        nats,
        tokens: meanTokens(part.register, marginal),
        marginals: new Map([...marginals, [part.register, marginal]]),
      };
    }
  }
}

function expectEither({ options }: EitherPart, marginals: Marginals): Expected {
  const total = options.reduce((sum, { weight }) => sum + weight, 0);
  const ways = options.map(({ weight, parts }) => ({
    probability: weight / total,
    expected: expect(parts, marginals),
  }));
  const mean = (value: (expected: Expected) => number): number =>
    ways.reduce((sum, { probability, expected }) => sum + probability * value(expected), 0);
  return {
    nats: entropyOf(ways.map(({ probability }) => probability)) + mean(({ nats }) => nats),
    tokens: mean(({ tokens }) => tokens),
    marginals: mixture(ways),
  };
}

function expectPick(
  { register, apart }: PickPart,
  marginals: Marginals,
): { nats: number; marginal: Marginal } {
  const category = registers[register];
  const cases = apart
    ? [...marginalOf(apart.from, marginals)].map(([given, probability]) => ({
        probability,
        without: apart.without.get(given) ?? [],
      }))
    : [{ probability: 1, without: [] }];
  const marginal = new Map<Entry, number>();
  let nats = category.number === 'free' ? entropyOfNumber : 0;
  for (const { probability, without } of cases) {
    const distribution = distributionWithout(category, without);
    nats += probability * entropyOf(distribution.values());
    for (const [entry, p] of distribution) {
      marginal.set(entry, (marginal.get(entry) ?? 0) + probability * p);
    }
  }
  return { nats, marginal };
}

function distributionWithout({ entries, total }: Category, without: readonly Entry[]): Marginal {
  const left = total - weightSum(without);
  return new Map(
    entries
      .filter((entry) => !without.includes(entry))
      .map((entry) => [entry, entry.weight / left]),
  );
}

/**
 * The marginals after a choice: those of its ways, weighed. What only some of them bind is not
 * recalled after it.
 */
function mixture(ways: readonly { probability: number; expected: Expected }[]): Marginals {
  const mixed = new Map<Register, Map<Entry, number>>();
  for (const { probability, expected } of ways) {
    for (const [register, marginal] of expected.marginals) {
      const sum = mixed.get(register) ?? new Map<Entry, number>();
      for (const [entry, p] of marginal) sum.set(entry, (sum.get(entry) ?? 0) + probability * p);
      mixed.set(register, sum);
    }
  }
  return mixed;
}

function marginalOf(register: Register, marginals: Marginals): Marginal {
  const marginal = marginals.get(register);
  if (marginal === undefined)
    throw new Error(`The story recalls its ${register} before it has one.`);
  return marginal;
}

/** Nouns and the verbs that agree with them are in the singular with the same probability. */
function meanTokens(register: Register, marginal: Marginal): number {
  const hasNumber = registers[register].number !== 'none';
  let tokens = 0;
  for (const [{ forms }, p] of marginal) {
    const one = tokensOfWord(forms[0] ?? '', false);
    const many = tokensOfWord(forms[1] ?? '', false);
    tokens += p * (hasNumber ? singular * one + (1 - singular) * many : one);
  }
  return tokens;
}

function tokensOfWord(text: string, isMark: boolean): number {
  if (text === '\n') return 0;
  return isMark ? 1 : text.length + 1;
}

function entropyOf(probabilities: Iterable<number>): number {
  let nats = 0;
  for (const p of probabilities) if (p > 0) nats -= p * Math.log(p);
  return nats;
}
