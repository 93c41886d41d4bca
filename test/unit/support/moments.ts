/** @file Moments of a run for tests to which most of what they show does not matter. */
import type { HeadRole, HeadScores, NamedRole } from '../../../webview/protocol/attentionMaps';
import { writeMomentPart, type MomentPart } from '../../../webview/protocol/momentPart';
import type { Moment, RoleGained } from '../../../webview/protocol/moments';

export const path = 'decoder.0.selfAttention.pattern';

export const scores = {
  'previous-token': 0,
  'first-token': 0,
  'same-token': 0,
  induction: 0,
  uniform: 0,
} as const;

/** A moment of about 1,000 bytes, of a run with a head for each of the roles. */
export function momentAt(step: number, ...roles: HeadRole[]): Moment {
  return {
    runId: 'a',
    step,
    trainingLoss: { step, value: 1 / step },
    gained: [],
    tokens: [],
    modules: [{ path, heads: 1 }],
    cells: 32,
    patterns: [new Uint8Array(1024)],
    top: 1,
    nextIds: new Int32Array(0),
    nextProbabilities: new Float32Array(0),
    vocabulary: [],
    heads: roles.map((role, head): HeadScores => ({ path, head, role, scores })),
  };
}

/** A head that gained a role at a step. */
export function gainedAt(step: number, role: NamedRole = 'induction', head = 0): RoleGained {
  return { step, path, head, role };
}

/** A part with a moment at each of the steps, written when these roles had been gained. */
export function partOf(
  steps: readonly number[],
  gained: MomentPart['roles']['gained'] = [],
): ArrayBuffer {
  const moments = steps.map((step) => momentAt(step));
  return writeMomentPart({ moments, roles: { began: [], gained } }).buffer;
}
