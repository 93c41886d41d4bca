/** @file The roles of heads in words. Pure. */
import type { HeadRole, HeadRolesFound, HeadScores } from '../../../protocol/attentionMaps';
import { isSameHead, type OpenHead } from './shownMaps';

/** What is said of a role. */
export interface RoleWords {
  readonly name: string;
  readonly meaning: string;
}

export const roleWords: Readonly<Record<HeadRole, RoleWords>> = {
  'previous-token': {
    name: 'Previous token',
    meaning: 'looks at the token just before: mean of pattern[t, t − 1].',
  },
  'first-token': {
    name: 'First token',
    meaning:
      'looks at the first token, often since it finds nothing better: mean of pattern[t, 0].',
  },
  'same-token': {
    name: 'Same token',
    meaning: 'looks at itself, or at the same token earlier in the text.',
  },
  induction: {
    name: 'Induction',
    meaning:
      'looks at what followed the last time that this token occurred: mean of pattern[t, t − period + 1].',
  },
  uniform: { name: 'Uniform', meaning: 'looks at all tokens alike: named above 0.8.' },
  mixed: { name: 'Mixed', meaning: 'does none of these clearly.' },
};

export function scoresOf(
  roles: HeadRolesFound | undefined,
  head: OpenHead,
): HeadScores | undefined {
  return roles?.heads.find((scores) => isSameHead(scores, head));
}

/** How much a head does what its role says; undefined for one that does nothing clearly. */
export function roleScore({ role, scores }: HeadScores): number | undefined {
  return role === 'mixed' ? undefined : scores[role];
}

/** A change of the loss with its sign: `+0.312`. */
export function formatChange(nats: number): string {
  if (Number.isNaN(nats)) return 'not a number';
  if (Math.abs(nats) < 0.0005) return '±0.000';
  return `${nats > 0 ? '+' : '−'}${Math.abs(nats).toFixed(3)}`;
}
