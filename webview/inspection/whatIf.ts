/**
 * @file What becomes of a text when parts of the model are changed: its loss, what comes next, and
 * how it goes on, beside the same without the changes.
 */
import { formatCount, formatTokens } from '../config/counts';
import { PlaygroundError } from '../config/errors';
import { defaultSampling } from '../config/presets';
import { randomKey, uniform } from '../config/random';
import { candidates, pick, probabilities } from '../inference/sampling';
import { reshape, slice } from '../ops/arrange';
import { crossEntropy } from '../ops/crossEntropy';
import { axisOf, type Tensor } from '../ops/tensor';
import { dispose, ids as idsTensor, keep, read, tidy } from '../ops/values';
import type { LookedText } from '../protocol/attentionMaps';
import type { NextToken, PartChange, WhatIfOutcome, WhatIfResult } from '../protocol/whatIf';
import type { Tokenizer } from '../tokenizers/tokenizer';
import type { KeptValue } from '../trace/intervene';
import { passOver } from '../training/pass';
import { runProbe, type Subject } from '../training/probe';
import {
  ChangeListener,
  placeOfPart,
  placesOfLayer,
  type Changes,
  type LayerChange,
  type ValueChange,
} from './changes';
import { likeliestOf } from './likeliest';
import { inputOf, notFinite, type ShownText } from './shownText';

/** How many of the likeliest next tokens are shown, of either side. */
const shownNext = 10;

export interface WhatIf {
  readonly text: ShownText;
  readonly changes: readonly PartChange[];
  readonly sample: { readonly tokens: number; readonly temperature: number; readonly seed: number };
}

/** What asking needs from outside. */
export interface WhatIfTools {
  readonly tokenizer: Pick<Tokenizer, 'labelOf' | 'decode' | 'endOfText'>;
  /** A text that a patch comes from, as the model sees it. */
  readonly read: (of: LookedText) => ShownText;
  /** Each pass in a turn of its own. */
  readonly turn: <Seen>(pass: () => Promise<Seen>) => Promise<Seen>;
}

export async function whatIf(
  subject: Subject,
  asked: WhatIf,
  tools: WhatIfTools,
): Promise<Omit<WhatIfResult, 'runId' | 'step'>> {
  const changes: (ValueChange | LayerChange)[] = [];
  for (const change of asked.changes) {
    changes.push(await tools.turn(() => resolved(subject, change, asked.text, tools)));
  }
  const before = await outcome(
    subject,
    asked,
    tools,
    new ChangeListener(changes, subject.config, false),
  );
  const after = await outcome(
    subject,
    asked,
    tools,
    new ChangeListener(changes, subject.config, true),
  );
  return {
    tokens: asked.text.tokens,
    cropped: asked.text.cropped,
    before: before.seen,
    after: after.seen,
    next: nextTokens(before.next, after.next, tools.tokenizer),
  };
}

/** A change with its places, and the value that a patch puts in. */
async function resolved(
  subject: Subject,
  change: PartChange,
  text: ShownText,
  { read: readText }: WhatIfTools,
): Promise<Changes[number]> {
  if (change.do === 'patch') {
    const place = placeOfPart(subject, change.at);
    const value = await valueIn(subject, place.at, readText(change.from), text);
    return { ...place, effect: { do: 'patch', value } };
  }
  const effect =
    change.do === 'scale' ? { do: change.do, by: change.by } : ({ do: change.do } as const);
  return change.at.part === 'layer'
    ? { ...placesOfLayer(subject, change.at.layer), effect }
    : { ...placeOfPart(subject, change.at), effect };
}

/** The whole value at a point in a run over another text. */
async function valueIn(
  subject: Subject,
  at: string,
  other: ShownText,
  { ids }: ShownText,
): Promise<KeptValue> {
  if (other.ids.length !== ids.length) {
    throw new PlaygroundError({
      code: 'patch-does-not-fit',
      message: `The text to patch from has ${formatTokens(other.ids.length)}, and the one shown ${formatCount(ids.length)}.`,
      remedy: 'Write both with as many tokens, so that each position has its counterpart.',
    });
  }
  const { captures } = await runProbe(subject, {
    input: inputOf(other.ids),
    capture: [{ at, what: 'value' }],
    interventions: [],
  });
  const [captured] = captures;
  return { shape: captured?.shape ?? [], values: captured?.values ?? new Float32Array() };
}

interface Outcome {
  readonly seen: WhatIfOutcome;
  /** Probabilities of the token after the text, by id. */
  readonly next: Float64Array;
}

async function outcome(
  subject: Subject,
  { text, sample }: WhatIf,
  { tokenizer, turn }: WhatIfTools,
  listener: ChangeListener,
): Promise<Outcome> {
  const first = await turn(() => pass(subject, [...text.ids], listener));
  listener.checkVisited();
  // Of the last token it is not known what came after.
  const surprises = first.surprises.slice(0, -1);
  const loss = surprises.reduce((sum, surprise) => sum + surprise, 0) / surprises.length;
  const sampling = { ...defaultSampling, topK: 0, topP: 1, temperature: sample.temperature };
  const key = randomKey(sample.seed, 'sampling');
  const written: number[] = [];
  const room = Math.min(sample.tokens, subject.config.context - text.ids.length);
  let { logits } = first;
  while (written.length < room) {
    const token = pick(candidates(logits, sampling), uniform(key, written.length));
    if (token === tokenizer.endOfText) break;
    written.push(token);
    if (written.length === room) break;
    ({ logits } = await turn(() => pass(subject, [...text.ids, ...written], listener)));
  }
  return {
    seen: {
      ...(surprises.length > 0 && { loss }),
      surprises,
      sample: {
        tokens: written.map((id) => ({ id, label: tokenizer.labelOf(id) })),
        text: tokenizer.decode(written),
      },
    },
    next: probabilities(first.logits),
  };
}

/** One pass over one row: logits after its last token, [vocab], and the surprise at each next. */
async function pass(
  { model, config, parameters }: Subject,
  tokens: readonly number[],
  listener: ChangeListener,
): Promise<{ readonly logits: Float32Array; readonly surprises: Float32Array }> {
  const { targets, context } = inputOf(Int32Array.from(tokens));
  const made: Tensor[] = tidy(() => {
    const scope = passOver(config, parameters, { listener });
    const logits = model.forward(scope, config, idsTensor(tokens, [1, context]));
    const rows = reshape(logits, [context, axisOf(logits.shape, 2)]);
    const surprises = crossEntropy(logits, idsTensor(targets, [1, context]));
    return [keep(slice(rows, context - 1, 1)), keep(surprises)];
  });
  const [logits = new Float32Array(), surprises = new Float32Array()] = await Promise.all(
    made.map((tensor) => read(tensor)),
  );
  dispose(...made);
  const isSound = logits.every(Number.isFinite) && surprises.every(Number.isFinite);
  if (!isSound) throw notFinite('The changed model');
  return { logits, surprises };
}

/** The likeliest of either side, the likeliest of either first. */
function nextTokens(
  before: Float64Array,
  after: Float64Array,
  { labelOf }: Pick<Tokenizer, 'labelOf'>,
): NextToken[] {
  const both = new Set([...likeliestOf(before, shownNext), ...likeliestOf(after, shownNext)]);
  const most = (id: number): number => Math.max(before[id] ?? 0, after[id] ?? 0);
  return [...both]
    .sort((a, b) => most(b) - most(a) || a - b)
    .map((id) => ({
      token: { id, label: labelOf(id) },
      before: before[id] ?? 0,
      after: after[id] ?? 0,
    }));
}
