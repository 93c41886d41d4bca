/** @file What the page says of a run in numbers, each with what it means. Pure. */
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
  const loss = newest((point) => point.loss);
  const validation = newest((point) => point.validationLoss);
  const judged = validation ?? loss;
  return [
    {
      label: 'Loss',
      value: formatMeasure(loss),
      help: 'Mean of the newest batches, in nats per token: of as many as a point of the curve stands for.',
    },
    {
      label: 'Validation',
      value: formatMeasure(validation),
      help: 'The loss on text the model never trained on, in nats per token.',
    },
    ...sharesOf(samples, facts),
    {
      label: 'Perplexity',
      value: formatPerplexity(judged === undefined ? undefined : Math.exp(judged)),
      help: 'e to the validation loss: among how many equally likely tokens the model still wavers.',
    },
    {
      label: 'Bits/char',
      value: formatMeasure(
        judged === undefined || facts === undefined
          ? undefined
          : bitsPerCharacter(judged, facts.charactersPerToken),
      ),
      help: 'Bits per character: the validation loss in bits, comparable between tokenizers.',
    },
    {
      label: 'Learning rate',
      value: formatSmall(points.at(-1)?.learningRate),
      help: 'How far this step moves the weights: warm-up, then cosine decay.',
    },
    {
      label: 'Gradient',
      value: formatSmall(newest((point) => point.gradientNorm)),
      help: 'The length (norm) of the gradient before clipping.',
    },
    {
      label: 'Tokens/s',
      value: shortCount(newest((point) => point.tokensPerSecond)),
      help: 'Training tokens a second.',
    },
    {
      label: 'Epochs',
      value: epochs(points.at(-1)?.tokens, facts),
      help: 'How often the model has seen as many tokens as the training text has.',
    },
  ];
}

/** Only the built-in stories have a lexicon and a grammar. */
function sharesOf(samples: readonly Sample[], facts: RunFacts | undefined): Measure[] {
  if (facts !== undefined && facts.config.data.source !== 'stories') return [];
  const sample = samples.findLast(({ lexiconShare }) => lexiconShare !== undefined);
  return [
    {
      label: 'Words',
      value: formatShare(sample?.lexiconShare),
      help: 'Share of the words in the newest sample that the stories’ lexicon has.',
    },
    {
      label: 'Sentences',
      value: formatShare(sample?.sentenceShare),
      help: 'Share of the sentences in the newest sample that the stories’ grammar can parse.',
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
