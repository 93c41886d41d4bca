/**
 * @file One token followed through one head: every number on the way from its query to what the
 * head writes. All are the pass's own, read at its trace points; only the products before their
 * scaling, the mask and the head's share of W_O are worked out here.
 */
import type { AskedKeys, FollowedToken, FollowRequest } from '../protocol/attentionMaps';
import { slice } from '../ops/arrange';
import { dispose, keep, read, tidy } from '../ops/values';
import type { CaptureRequest, Where } from '../trace/probe';
import { dryPass } from '../training/dryPass';
import { runProbe, type Subject } from '../training/probe';
import { attentionAt } from './attentions';
import { inputOf, type ShownText } from './shownText';

export type Followed = Omit<FollowedToken, 'runId' | 'step'>;

export async function follow(
  subject: Subject,
  text: ShownText,
  { path, head, query }: Pick<FollowRequest, 'path' | 'head' | 'query'>,
): Promise<Followed> {
  const { module } = attentionAt(subject, path, head);
  const ofHead: Where = [{ axis: 'head', index: [head] }];
  const ofQuery: Where = [...ofHead, { axis: 'query', index: [query] }];
  const wanted: Readonly<Record<string, Where>> = {
    [path]: ofQuery,
    [`${module}.values`]: ofHead,
    [`${module}.weightedValues`]: ofQuery,
    [`${module}.output`]: [{ axis: 'position', index: [query] }],
    [`${module}.queries`]: ofQuery,
    [`${module}.keys`]: ofHead,
    [`${module}.scores`]: ofQuery,
  };
  const known = new Set(
    dryPass(subject.model, subject.config, 1, 1).points.map((each) => each.path),
  );
  const { captures } = await runProbe(subject, {
    input: inputOf(text.ids),
    capture: Object.entries(wanted).flatMap(([at, where]): CaptureRequest[] =>
      known.has(at) ? [{ at, what: 'slice', where }] : [],
    ),
    interventions: [],
  });
  const seenAt = (at: string): Float32Array | undefined =>
    captures.find((captured) => captured.at === at)?.values;
  const valueAt = (at: string): Float32Array => seenAt(at) ?? new Float32Array();
  const weighted = valueAt(`${module}.weightedValues`);
  const asked = seenAt(`${module}.queries`);
  const { mask, bias, residual } = subject.config;
  return {
    tokens: text.tokens,
    dHead: weighted.length,
    config: { mask, bias, residual },
    ...(asked && {
      asked: askedKeys(asked, valueAt(`${module}.keys`), valueAt(`${module}.scores`), (key) =>
        mask === 'causal' ? key <= query : true,
      ),
    }),
    pattern: valueAt(path),
    values: valueAt(`${module}.values`),
    weighted,
    written: await writtenBy(subject, `${module}.output.weight`, head, weighted),
    output: valueAt(`${module}.output`),
  };
}

function askedKeys(
  query: Float32Array,
  keys: Float32Array,
  scores: Float32Array,
  sees: (key: number) => boolean,
): AskedKeys {
  const dHead = query.length;
  const products = scores.map((_, key) =>
    query.reduce((sum, value, index) => sum + value * (keys[key * dHead + index] ?? NaN), 0),
  );
  const masked = scores.map((score, key) => (sees(key) ? score : -Infinity));
  return { query, keys, products, scores, masked };
}

/** What a head adds to the output: weighted · its rows of W_O. [dModel] */
async function writtenBy(
  { parameters }: Subject,
  name: string,
  head: number,
  weighted: Float32Array,
): Promise<Float32Array> {
  const dHead = weighted.length;
  const rows = tidy(() => keep(slice(parameters.get(name), head * dHead, dHead)));
  const weights = await read(rows);
  dispose(rows);
  const written = new Float32Array(weights.length / dHead);
  return written.map((_, out) =>
    weighted.reduce(
      (sum, value, row) => sum + value * (weights[row * written.length + out] ?? NaN),
      0,
    ),
  );
}
