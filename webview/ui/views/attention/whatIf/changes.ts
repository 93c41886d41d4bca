/** @file Changes in words: their names, and what was seen of them. Pure. */
import type { PartChange, WhatIfResult } from '../../../../protocol/whatIf';
import { formatMeasure } from '../../../format';
import type { PartChoice } from './parts';

/** What can be done to a part here. */
export type Deed = 'zero' | 'mean' | 'patch';

/** A change that the user has made. */
export interface NamedChange {
  readonly change: PartChange;
  /** `Layer 1, head 2 silenced` */
  readonly name: string;
}

export interface Wish {
  readonly part: PartChoice;
  readonly deed: Deed;
  /** What a patch comes from. */
  readonly from: string;
  /** At this token alone; at all of them where it is undefined. */
  readonly position: number | undefined;
}

/** A wish as a change. A layer is patched by the residual stream that it leaves. */
export function changeOf({ part, deed, from, position }: Wish): NamedChange {
  const all = position === undefined || isWhole(part, deed);
  const places = all ? {} : { positions: [position] };
  const where = all ? '' : `, at token ${position}`;
  if (deed === 'patch') {
    const at = { ...part.patched, ...places };
    const name = `${part.name} patched from “${from}”${where}`;
    return { change: { do: 'patch', from: { from: 'text', text: from }, at }, name };
  }
  const name = `${part.name} ${deed === 'zero' ? 'silenced' : 'at its mean'}${where}`;
  const at = part.at.part === 'layer' ? part.at : { ...part.at, ...places };
  return { change: { do: deed, at }, name };
}

/** Whether a change of the part is of all tokens, whatever is marked. */
export function isWhole({ at }: PartChoice, deed: Deed): boolean {
  return at.part === 'layer' && deed !== 'patch';
}

/** What was seen, in a sentence. */
export function verdict(changes: readonly NamedChange[], result: WhatIfResult): string {
  const [first] = changes;
  if (first === undefined) return '';
  const what = changes.length > 1 ? `With these ${changes.length} changes` : `With “${first.name}”`;
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
