/**
 * @file What is kept of a moment of a run: attention over one text, what would come next, what the
 * heads do. Must not know when, nor how many moments are kept.
 */
import { probabilities } from '../inference/sampling';
import type { Moment } from '../protocol/moments';
import type { Tokenizer } from '../tokenizers/tokenizer';
import type { Subject } from '../training/probe';
import { patternPasses } from './attention';
import { attentionsOf } from './attentions';
import { canDiagnose } from './diagnosticBatch';
import { headRolesOf } from './headRoles';
import { likeliestOf } from './likeliest';
import { pooled } from './patterns';
import { vocabularyOf, type ShownText } from './shownText';

/** A pattern is kept whole up to so many tokens, and in so many cells a side beyond. */
const mostCells = 128;

/** Tokens that may come next, kept of each position. */
const keptNext = 5;

export type SeenMoment = Pick<
  Moment,
  | 'tokens'
  | 'modules'
  | 'cells'
  | 'patterns'
  | 'top'
  | 'nextIds'
  | 'nextProbabilities'
  | 'vocabulary'
  | 'heads'
>;

export async function momentOf(
  subject: Subject,
  text: ShownText,
  tokenizer: Pick<Tokenizer, 'labelOf' | 'endOfText'>,
): Promise<SeenMoment> {
  const { vocabulary, context } = subject.config;
  const modules = attentionsOf(subject);
  const tokens = text.ids.length;
  const cells = Math.min(tokens, mostCells);
  const patterns: Uint8Array[] = [];
  const top = Math.min(keptNext, vocabulary);
  const nextIds = new Int32Array(tokens * top);
  const nextProbabilities = new Float32Array(tokens * top);
  for await (const { seen } of patternPasses(subject, text, modules, [logitsPath])) {
    for (const [path, values] of seen) {
      if (path !== logitsPath) {
        patterns.push(pooled(values, tokens, cells));
        continue;
      }
      for (let position = 0; position < tokens; position++) {
        const start = position * vocabulary;
        const shares = probabilities(values.subarray(start, start + vocabulary));
        const best = likeliestOf(shares, top);
        nextIds.set(best, position * top);
        nextProbabilities.set(
          best.map((id) => shares[id] ?? NaN),
          position * top,
        );
      }
    }
  }
  // A context too short for anything to repeat tells nothing of heads, and the rest stands.
  const heads = canDiagnose(context) ? (await headRolesOf(subject, tokenizer.endOfText)).heads : [];
  return {
    tokens: text.tokens,
    modules: modules.map(({ path, heads: count }) => ({ path, heads: count })),
    cells,
    patterns,
    top,
    nextIds,
    nextProbabilities,
    vocabulary: vocabularyOf(nextIds, tokenizer),
    heads,
  };
}

const logitsPath = 'logits';
