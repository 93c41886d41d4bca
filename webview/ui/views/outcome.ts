/**
 * @file What a run that ended has come to, in words: its loss among the lines to compare with, and
 * what it writes. Pure.
 */
import { formatCount } from '../../config/counts';
import { formatDuration } from '../../formats/duration';
import type { MetricPoint, Sample } from '../../formats/metrics';
import type { LastRun, RunFacts } from '../../protocol/engineApi';
import { formatMeasure, formatShare } from '../format';

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
  const measured = points.at(-1);
  const time = measured?.elapsed ?? measured?.time;
  const title =
    last.outcome === 'finished'
      ? `Finished: ${formatCount(last.step)} steps${time === undefined || time <= 0 ? '' : ` in ${formatDuration(time)}`}`
      : `Stopped at step ${formatCount(last.step)}`;
  const evaluated = points.findLast((point) => point.validationLoss !== undefined);
  const sample = samples.findLast(
    ({ step, lexiconShare }) => lexiconShare !== undefined && (step > 0 || last.step === 0),
  );
  const sentences = [
    ...(evaluated === undefined ? [] : [evaluationSentence(evaluated, last, facts)]),
    ...(sample === undefined ? [] : [sampleSentence(sample)]),
  ];
  return {
    title,
    message: sentences.length > 0 ? sentences.join(' ') : 'It was not measured yet.',
  };
}

/**
 * An evaluation before the first step says nothing of what was learned; an older one says when it
 * was made.
 */
function evaluationSentence(
  { step, validationLoss = NaN }: MetricPoint,
  last: LastRun,
  facts: RunFacts,
): string {
  const next = facts.config.training.evaluateEvery;
  if (step === 0 && last.step > 0) {
    return `What it learned was not measured yet: the first evaluation comes at step ${formatCount(next)}.`;
  }
  const when = step === last.step ? '' : ` at step ${formatCount(step)}`;
  return lossSentence(validationLoss, when, facts);
}

/** The loss, and the lowest line that it is below. */
function lossSentence(loss: number, when: string, { baselines, config }: RunFacts): string {
  const { uniform, bigram, trigram, floor } = baselines;
  const told = `Validation loss ${formatMeasure(loss)}${when}`;
  if (floor !== undefined && loss < floor) {
    const why =
      config.model.mask === 'none'
        ? 'only a model that sees the answers can be, and with its mask off this one does'
        : 'with its mask a model gets there only by chance, as a part of the text is measured';
    return `${told}, below the floor (${formatMeasure(floor)}): ${why}.`;
  }
  // On a short text triples are too rare to count: the trigram line can be the weaker one.
  const beaten = [
    { name: 'trigram', value: trigram },
    { name: 'bigram', value: bigram },
    { name: 'uniform', value: uniform },
  ]
    .flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]))
    .sort((a, b) => a.value - b.value)
    .find(({ value }) => loss < value);
  const comparison =
    beaten === undefined
      ? ', no better than guessing'
      : `, below the ${beaten.name} line (${formatMeasure(beaten.value)})`;
  const above = floor === undefined ? '' : ` and ${(loss - floor).toFixed(2)} above the floor`;
  return `${told}${comparison}${above}.`;
}

function sampleSentence({ lexiconShare, sentenceShare }: Sample): string {
  const sentences =
    sentenceShare === undefined ? '' : ` and ${formatShare(sentenceShare)} of its sentences parse`;
  return `Of its last sample, ${formatShare(lexiconShare)} of the words are in the lexicon${sentences}.`;
}
