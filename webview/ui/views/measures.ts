/** @file What the page says of a run in numbers, each with what it means. Pure. */
import { formatCount } from '../../config/counts';
import type { MetricPoint, Sample } from '../../formats/metrics';
import type { RunFacts } from '../../protocol/engineApi';
import {
  bitsPerCharacter,
  formatMeasure,
  formatPerplexity,
  formatShare,
  formatShortCount,
  formatSmall,
  noValue,
} from '../format';

export interface Measure {
  readonly label: string;
  readonly value: string;
  readonly help: string;
}

export interface Measured {
  readonly points: readonly MetricPoint[];
  readonly samples: readonly Sample[];
  readonly facts: RunFacts | undefined;
}

/** The newest value of each measure that the run can have, most telling first. */
export function measuresOf({ points, samples, facts }: Measured): Measure[] {
  const newest = (value: (point: MetricPoint) => number | undefined): number | undefined => {
    const point = points.findLast((candidate) => value(candidate) !== undefined);
    return point === undefined ? undefined : value(point);
  };
  const judged = judgementOf(points, facts);
  return [
    {
      label: 'Loss',
      value: formatMeasure(newest((point) => point.loss)),
      help: 'How surprised the model is by the token that really comes next: −ln of the probability that it gave this token, on average over the newest training batches. 0 is certainty; blind guessing among V different tokens has ln V. The unit is the nat: one nat is 1.44 bits.',
    },
    {
      label: 'Validation',
      value: formatMeasure(judged.ofTraining ? undefined : judged.loss),
      help: `The same loss on text the model never trained on. Where it rises while the other falls, the model learns its text by heart. ${judged.ofTraining ? 'This run keeps no part of its text for that, or too short a one.' : judged.when}`,
    },
    ...sharesOf(samples, points.at(-1)?.step ?? 0, facts),
    {
      label: 'Perplexity',
      value: formatPerplexity(judged.loss === undefined ? undefined : Math.exp(judged.loss)),
      help: `The model is as unsure of the next token as if it had to guess among this many, all equally likely: e to the power of the ${judged.name}. ${judged.when}`,
    },
    {
      label: 'Bits/char',
      value: formatMeasure(
        judged.loss === undefined || facts === undefined
          ? undefined
          : bitsPerCharacter(judged.loss, facts.charactersPerToken),
      ),
      help: `Bits per character: the ${judged.name} in bits, for each character of the text instead of each token. It can be compared between tokenizers, whose tokens differ in length. ${judged.when}`,
    },
    {
      label: 'Learning rate',
      value: formatSmall(points.at(-1)?.learningRate),
      help: 'How far a step moves the weights. It grows during the warm-up, then shrinks along half a cosine wave.',
    },
    {
      label: 'Gradient',
      value: formatSmall(newest((point) => point.gradientNorm)),
      help: 'How strongly the loss answers to small changes of the weights: the length (norm) of the gradient, before a long one is clipped. Where it keeps leaping up, the learning rate may be too high.',
    },
    {
      label: 'Tokens/s',
      value: shortCount(newest((point) => point.tokensPerSecond)),
      help: 'How many tokens of the text it trains on in a second.',
    },
    {
      label: 'Epochs',
      value: epochs(points.at(-1)?.tokens, facts),
      help: 'How many times over it has read as many tokens as the training text has. It reads at random places: after 1.00 it has read some of them twice and some not at all.',
    },
  ].map(({ help, ...measure }) => ({ ...measure, help: help.trimEnd() }));
}

/** The loss that says how good the model is now. */
interface Judgement {
  /** Undefined where none was measured that says so. */
  readonly loss: number | undefined;
  readonly name: string;
  /** It stands in for the validation loss, where there is nothing to validate on. */
  readonly ofTraining: boolean;
  /** When it was measured or will be, as a sentence; empty where that goes without saying. */
  readonly when: string;
}

/**
 * The newest validation loss, with its step. That of the untrained model says nothing any more once
 * the model has learned. Without any, the loss of the batches.
 */
function judgementOf(points: readonly MetricPoint[], facts: RunFacts | undefined): Judgement {
  const name = 'validation loss';
  const step = points.at(-1)?.step ?? 0;
  const evaluated = points.findLast((point) => point.validationLoss !== undefined);
  if (evaluated === undefined) {
    const loss = points.findLast((point) => point.loss !== undefined)?.loss;
    if (loss !== undefined) return { loss, name: 'training loss', ofTraining: true, when: '' };
    return { loss: undefined, name, ofTraining: false, when: '' };
  }
  const { validationLoss: loss } = evaluated;
  if (step === 0) return { loss, name, ofTraining: false, when: '' };
  if (evaluated.step > 0) {
    const when = `Measured at step ${formatCount(evaluated.step)}.`;
    return { loss, name, ofTraining: false, when };
  }
  const when = nextTime(facts?.config.training.evaluateEvery, facts);
  return { loss: undefined, name, ofTraining: false, when };
}

/** When what was measured at step 0 is measured next: every so many steps, and at the end. */
function nextTime(every: number | undefined, facts: RunFacts | undefined): string {
  if (every === undefined || facts === undefined) return '';
  const first = Math.min(every, facts.config.training.steps);
  return `Step 0 came before any learning: measured next at step ${formatCount(first)}.`;
}

/**
 * Only the built-in stories have a lexicon and a grammar. What the untrained model wrote says
 * nothing any more once the model has learned.
 */
function sharesOf(
  samples: readonly Sample[],
  step: number,
  facts: RunFacts | undefined,
): Measure[] {
  if (facts !== undefined && facts.config.data.source !== 'stories') return [];
  const judged = samples.findLast(({ lexiconShare }) => lexiconShare !== undefined);
  const sample = judged?.step === 0 && step > 0 ? undefined : judged;
  const when =
    sample === undefined
      ? nextTime(facts?.config.training.sampleEvery, facts)
      : `Measured at step ${formatCount(sample.step)}.`;
  return [
    {
      label: 'Words',
      value: formatShare(sample?.lexiconShare),
      help: `How many of the words in the newest sample are words of the stories, and not inventions. ${when}`,
    },
    {
      label: 'Sentences',
      value: formatShare(sample?.sentenceShare),
      help: `How many of the sentences in the newest sample follow the grammar that the stories are made by. ${when}`,
    },
  ];
}

function shortCount(value: number | undefined): string {
  return value === undefined ? noValue : formatShortCount(value);
}

function epochs(tokens: number | undefined, facts: RunFacts | undefined): string {
  if (tokens === undefined || facts === undefined || facts.trainTokens === 0) return noValue;
  return (tokens / facts.trainTokens).toFixed(2);
}
