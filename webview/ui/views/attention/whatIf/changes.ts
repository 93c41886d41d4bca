/** @file Changes in words: their names, and what was seen of them. Pure. */
import type { PartChange, WhatIfResult } from '../../../../protocol/whatIf';
import { formatCount, formatTokens } from '../../../../config/counts';
import { formatMeasure } from '../../../format';
import type { PartChoice } from './parts';

/** What can be done to a part here. */
export type Deed = 'zero' | 'mean' | 'patch';

/** A change that the user has made. */
export interface NamedChange {
  readonly change: PartChange;
  /** `Layer 1, head 2 silenced` */
  readonly name: string;
  /** Of the text that a patch comes from. */
  readonly tokens?: number;
}

export interface Wish {
  readonly part: PartChoice;
  readonly deed: Deed;
  /** What a patch comes from. */
  readonly from: string;
  /** Tokens of that text. */
  readonly tokens?: number | undefined;
  /** At this token alone; at all of them where it is undefined. */
  readonly position: number | undefined;
}

/** A wish as a change. A layer is patched by the residual stream that it leaves. */
export function changeOf({ part, deed, from, tokens, position }: Wish): NamedChange {
  const all = position === undefined || isWhole(part, deed);
  const places = all ? {} : { positions: [position] };
  const where = all ? '' : `, at token ${position}`;
  if (deed === 'patch') {
    const at = { ...part.patched, ...places };
    const name = `${part.name} patched from ‘${from}’${where}`;
    const change = { do: 'patch', from: { from: 'text', text: from }, at } as const;
    return { change, name, ...(tokens !== undefined && { tokens }) };
  }
  const name = `${part.name} ${deed === 'zero' ? 'silenced' : 'at its mean'}${where}`;
  const at = part.at.part === 'layer' ? part.at : { ...part.at, ...places };
  return { change: { do: deed, at }, name };
}

/** The text on the page, as far as a change depends on it. */
export interface TextSize {
  readonly tokens: number;
  /** Tokens that the model sees at once: of a longer text it sees the last. */
  readonly context: number | undefined;
}

/** Why a text cannot be patched from: it has another number of tokens than the one shown. */
export function misfitOf(tokens: number, shown: TextSize): string | undefined {
  if (Math.min(tokens, shown.context ?? Infinity) === shown.tokens) return undefined;
  return `It has ${formatTokens(tokens)}, and the text shown has ${formatCount(shown.tokens)}.`;
}

/** Why a change cannot be in force on the text that is shown, and what to do about it. */
export function obstacleTo({ change, tokens }: NamedChange, shown: TextSize): string | undefined {
  if (tokens !== undefined && misfitOf(tokens, shown) !== undefined) {
    return `its text has ${formatTokens(tokens)}, and the text shown has ${formatCount(shown.tokens)}. Remove it, or look at a text of ${formatTokens(tokens)}.`;
  }
  const { at } = change;
  const beyond =
    at.part === 'layer' ? undefined : at.positions?.find((place) => place >= shown.tokens);
  if (beyond === undefined) return undefined;
  return `the text shown has no token ${beyond}. Remove it, or look at a longer text.`;
}

/** Whether a change of the part is of all tokens, whatever is marked. */
export function isWhole({ at }: PartChoice, deed: Deed): boolean {
  return at.part === 'layer' && deed !== 'patch';
}

/** What was seen, in a sentence. */
export function verdict(changes: readonly NamedChange[], result: WhatIfResult): string {
  const [first] = changes;
  if (first === undefined) return '';
  const what =
    changes.length > 1
      ? `With these ${formatCount(changes.length)} changes`
      : `With “${first.name}”`;
  const { loss: before } = result.before;
  const { loss: after } = result.after;
  if (before === undefined || after === undefined) {
    return `${what} what comes next changes as shown below. One token alone has no loss.`;
  }
  const change = after - before;
  if (Math.abs(change) < 0.0005) {
    return `${what} the loss on this text stays at ${formatMeasure(after)}: the model does without it here.`;
  }
  const moves = change > 0 ? 'rises' : 'falls';
  return `${what} the loss on this text ${moves} by ${formatMeasure(Math.abs(change))}, from ${formatMeasure(before)} to ${formatMeasure(after)} nats per token.`;
}

/** The place of the first token at which two texts differ; undefined where they are the same. */
export function firstDifference(
  before: readonly { readonly id: number }[],
  after: readonly { readonly id: number }[],
): number | undefined {
  const length = Math.max(before.length, after.length);
  for (let at = 0; at < length; at += 1) if (before[at]?.id !== after[at]?.id) return at;
  return undefined;
}
