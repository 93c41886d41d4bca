/**
 * @file The logit lens: the residual stream after each layer, put through the way back to tokens.
 */
import { probabilities } from '../inference/sampling';
import { dispose, keep, read, tensor, tidy } from '../ops/values';
import type { LogitLens, LogitLensRequest } from '../protocol/logitLens';
import { dryPass } from '../training/dryPass';
import { passOver } from '../training/pass';
import { runProbe, type Subject } from '../training/probe';
import { afterLayer, beforeLayer } from './changes';
import { likeliestOf } from './likeliest';
import { inputOf, vocabularyOf, type Labels, type ShownText } from './shownText';

export async function logitLens(
  subject: Subject,
  text: ShownText,
  asked: Pick<LogitLensRequest, 'top'>,
  labels: Labels,
): Promise<Omit<LogitLens, 'runId' | 'step'>> {
  const depths = depthsOf(subject);
  const { captures } = await runProbe(subject, {
    input: inputOf(text.ids),
    capture: depths.map((at) => ({ at, what: 'value' })),
    interventions: [],
  });
  const { vocabulary } = subject.config;
  const positions = text.ids.length;
  const rows = depths.length * positions;
  const top = Math.max(1, Math.min(Math.floor(asked.top), vocabulary));
  const lens = {
    top,
    ids: new Int32Array(rows * top),
    probabilities: new Float32Array(rows * top),
    entropies: new Float32Array(rows),
    trueProbabilities: new Float32Array(rows).fill(NaN),
    trueRanks: new Int32Array(rows),
  };
  for (const [depth, { at, shape, values = new Float32Array() }] of captures.entries()) {
    const logits = at === logitsPath ? values : await unembedded(subject, values, shape);
    for (let position = 0; position < positions; position++) {
      const row = depth * positions + position;
      const shares = probabilities(
        logits.subarray(position * vocabulary, (position + 1) * vocabulary),
      );
      const best = likeliestOf(shares, top);
      lens.ids.set(best, row * top);
      lens.probabilities.set(
        best.map((id) => shares[id] ?? NaN),
        row * top,
      );
      lens.entropies[row] = entropyOf(shares);
      const next = text.ids[position + 1];
      if (next === undefined) continue;
      lens.trueProbabilities[row] = shares[next] ?? NaN;
      lens.trueRanks[row] = rankOf(shares, next);
    }
  }
  return {
    tokens: text.tokens,
    cropped: text.cropped,
    depths,
    ...lens,
    vocabulary: vocabularyOf(lens.ids, labels),
  };
}

/** What a model says in the end: all there is of one without layers. */
const logitsPath = 'logits';

/** The residual stream before the first layer and after each; the logits where there is none. */
function depthsOf({ model, config }: Subject): string[] {
  const paths = dryPass(model, config, 1, 1).points.map(({ path }) => path);
  const [first] = paths.filter((path) => path.endsWith(beforeLayer));
  if (first === undefined) return [logitsPath];
  return [first, ...paths.filter((path) => path.endsWith(afterLayer))];
}

/** Logits [position × vocab] of a residual stream. */
async function unembedded(
  { model, config, parameters }: Subject,
  values: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const logits = tidy(() =>
    keep(model.unembed(passOver(config, parameters), config, tensor(values, shape))),
  );
  const found = await read(logits);
  dispose(logits);
  return found;
}

/** −Σ p ln p, in nats; a share that underflowed to 0 adds nothing. */
function entropyOf(shares: Float64Array): number {
  let entropy = 0;
  for (const share of shares) if (share > 0) entropy -= share * Math.log(share);
  return entropy;
}

/** Place of a token among all, from 1; of equal ones the first id comes first. */
function rankOf(shares: Float64Array, token: number): number {
  const own = shares[token] ?? NaN;
  let rank = 1;
  for (let id = 0; id < shares.length; id++) {
    const share = shares[id] ?? NaN;
    if (share > own || (share === own && id < token)) rank += 1;
  }
  return rank;
}
