/** @file What a run that ended has come to, in words: its loss among the lines to compare with, and what it writes. Pure. */
import type { MetricPoint, Sample } from '../../formats/metrics';
import type { LastRun, RunFacts } from '../../protocol/engineApi';
import { formatCount, formatDuration, formatMeasure, formatShare } from '../format';

export interface Outcome {
  readonly title: string;
  readonly message: string;
}

export interface Ended {
  readonly last: LastRun;
  readonly facts: RunFacts;
  readonly points: readonly MetricPoint[];
  readonly samples: readonly Sample[];
}

export function outcomeOf({ last, facts, points, samples }: Ended): Outcome {
  const time = points.at(-1)?.time;
  const title =
    last.outcome === 'finished'
      ? `Finished: ${formatCount(last.step)} steps${time === undefined || time <= 0 ? '' : ` in ${formatDuration(time)}`}`
      : `Stopped at step ${formatCount(last.step)}`;
  const loss = points.findLast((point) => point.validationLoss !== undefined)?.validationLoss;
  const sample = samples.findLast(({ lexiconShare }) => lexiconShare !== undefined);
  const sentences = [
    ...(loss === undefined ? [] : [lossSentence(loss, facts.baselines)]),
    ...(sample === undefined ? [] : [sampleSentence(sample)]),
  ];
  return {
    title,
    message: sentences.length > 0 ? sentences.join(' ') : 'It was not measured yet.',
  };
}

/** The loss, the best count it beats or the weakest it does not, and how far the floor is. */
function lossSentence(loss: number, baselines: RunFacts['baselines']): string {
  const { uniform, bigram, trigram, floor } = baselines;
  const lines = [
    { name: 'trigram', value: trigram },
    { name: 'bigram', value: bigram },
    { name: 'uniform', value: uniform },
  ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
  const beaten = lines.find(({ value }) => loss < value);
  const comparison =
    beaten === undefined
      ? ', no better than guessing'
      : `, below the ${beaten.name} line (${formatMeasure(beaten.value)})`;
  const above =
    floor === undefined || loss < floor ? '' : ` and ${(loss - floor).toFixed(2)} above the floor`;
  return `Validation loss ${formatMeasure(loss)}${comparison}${above}.`;
}

function sampleSentence({ lexiconShare, sentenceShare }: Sample): string {
  const sentences =
    sentenceShare === undefined ? '' : ` and ${formatShare(sentenceShare)} of its sentences parse`;
  return `Of its last sample, ${formatShare(lexiconShare)} of the words are in the lexicon${sentences}.`;
}
