/**
 * @file The attention of a model over one text: every head small, some of them whole. Must not know
 * who asks, nor when.
 */
import type { AttentionMaps, AttentionRequest } from '../protocol/attentionMaps';
import { runProbe, type Subject } from '../training/probe';
import { attentionAt, attentionsOf, type Attention } from './attentions';
import { chosenPattern, pooled } from './patterns';
import { inputOf, lossOfText, type ShownText } from './shownText';

/** What is seen of a text, without whose it is. */
export type SeenAttention = Omit<AttentionMaps, 'runId' | 'step'>;

/** Bytes of patterns that one pass may hold: those of long texts are taken in several passes. */
const mostBytes = 64e6;

export async function attentionOf(
  subject: Subject,
  text: ShownText,
  { thumbnail, heads }: Pick<AttentionRequest, 'thumbnail' | 'heads'>,
): Promise<SeenAttention> {
  const modules = attentionsOf(subject);
  for (const { path, head } of heads) {
    attentionAt(subject, path, typeof head === 'number' ? head : 0);
  }
  const tokens = text.ids.length;
  const cells = Math.min(Math.max(0, Math.floor(thumbnail)), tokens);
  const wanted = cells > 0 ? modules : modules.filter(({ path }) => isAskedFor(path, heads));
  const thumbnails: Uint8Array[] = [];
  const whole = new Map<string, Float32Array>();
  let mean = NaN;
  for await (const { loss, seen } of patternPasses(subject, text, wanted)) {
    mean = loss;
    for (const [path, patterns] of seen) {
      if (cells > 0) thumbnails.push(pooled(patterns, tokens, cells));
      if (isAskedFor(path, heads)) whole.set(path, patterns);
    }
  }
  return {
    tokens: text.tokens,
    cropped: text.cropped,
    ...lossOfText(mean, text),
    modules: modules.map(({ path, heads: count }) => ({ path, heads: count })),
    thumbnail: cells,
    thumbnails,
    patterns: heads.map(({ path, head }) => {
      const count = modules.find((module) => module.path === path)?.heads ?? 1;
      return chosenPattern(whole.get(path) ?? new Float32Array(), count, head);
    }),
  };
}

/** One pass of several over a text. */
interface PatternPass {
  /** Mean over all places. */
  readonly loss: number;
  /** By path, in the order of a pass: [head × query × key] of a pattern. */
  readonly seen: ReadonlyMap<string, Float32Array>;
}

/** Passes over a text that come by all these attentions; the first one also by `paths`. */
export async function* patternPasses(
  subject: Subject,
  { ids }: ShownText,
  attentions: readonly Attention[],
  paths: readonly string[] = [],
): AsyncGenerator<PatternPass, void, undefined> {
  for (const [pass, together] of inPasses(attentions, ids.length).entries()) {
    const wanted = [...together.map(({ path }) => path), ...(pass === 0 ? paths : [])];
    const { loss, captures } = await runProbe(subject, {
      input: inputOf(ids),
      capture: wanted.map((at) => ({ at, what: 'value' })),
      interventions: [],
    });
    const seen = captures.map(({ at, values = new Float32Array() }) => [at, values] as const);
    yield { loss, seen: new Map(seen) };
  }
}

function isAskedFor(path: string, heads: AttentionRequest['heads']): boolean {
  return heads.some((head) => head.path === path);
}

/** The modules in the order of a pass, as many together as fit; at least one pass, for the loss. */
function inPasses(modules: readonly Attention[], tokens: number): Attention[][] {
  const passes: Attention[][] = [[]];
  let bytes = 0;
  for (const attention of modules) {
    const size = 4 * attention.heads * tokens ** 2;
    bytes += size;
    const last = passes.at(-1);
    if (last !== undefined && (last.length === 0 || bytes <= mostBytes)) last.push(attention);
    else {
      passes.push([attention]);
      bytes = size;
    }
  }
  return passes;
}
