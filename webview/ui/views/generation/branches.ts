/**
 * @file The texts that were written and how they branch: each goes on from a prompt, or from a
 * token of another one. Pure; nothing is changed in place.
 */
import type { Failure } from '../../../config/errors';
import type { SamplingConfig } from '../../../config/sampling';
import type { GenerateResult } from '../../../protocol/engineApi';
import type { LikelyToken, WrittenToken } from '../../../protocol/writing';

/** How far a text has come. */
export type Progress =
  | { readonly phase: 'waiting' | 'writing' | 'stopped' }
  | ({ readonly phase: 'done' } & Pick<GenerateResult, 'ended' | 'step' | 'tokensPerSecond'>)
  | { readonly phase: 'failed'; readonly failure: Failure };

export interface Branch {
  readonly id: string;
  readonly runId: string;
  readonly prompt: string;
  /** The branch that it left, after how many of the tokens that are read there. */
  readonly fork?: { readonly from: string; readonly at: number };
  /** Its own: those before the fork are its parent's. */
  readonly tokens: readonly WrittenToken[];
  readonly sampling: SamplingConfig;
  readonly progress: Progress;
}

/** In the order in which they were begun; a branch comes after the one that it left. */
export type Branches = readonly Branch[];

export function branchOf(branches: Branches, id: string | undefined): Branch | undefined {
  return branches.find((branch) => branch.id === id);
}

/** All tokens that are read in a branch, from its prompt's end on. */
export function tokensOf(branches: Branches, branch: Branch): readonly WrittenToken[] {
  const { fork, tokens } = branch;
  const parent = branchOf(branches, fork?.from);
  if (fork === undefined || parent === undefined) return tokens;
  return [...tokensOf(branches, parent).slice(0, fork.at), ...tokens];
}

/** The whole text, with what it goes on from. */
export function textOf(branches: Branches, branch: Branch): string {
  return (
    branch.prompt +
    tokensOf(branches, branch)
      .map(({ text }) => text)
      .join('')
  );
}

/** Ids of the first `count` tokens after the prompt. */
export function idsOf(tokens: readonly WrittenToken[], count = tokens.length): Int32Array {
  return Int32Array.from(tokens.slice(0, count), ({ id }) => id);
}

/**
 * Where a branch leaves that has another token at place `at` of `branch`: whoever wrote the tokens
 * before it, so that alternatives of one token stand beside each other.
 */
export function forkAt(
  branches: Branches,
  branch: Branch,
  at: number,
): { readonly from: string; readonly at: number } {
  const { fork } = branch;
  const parent = branchOf(branches, fork?.from);
  if (fork === undefined || parent === undefined || at > fork.at) return { from: branch.id, at };
  return forkAt(branches, parent, at);
}

/**
 * What was written, and what follows it: the last `reopens` tokens, as far as they are the branch's
 * own, begin a character that comes with the first of the new ones.
 */
export function withPiece(
  { tokens }: Branch,
  added: readonly WrittenToken[],
  reopens = 0,
): readonly WrittenToken[] {
  const closed = Math.max(0, tokens.length - reopens);
  const opened = tokens.slice(closed).map((token) => ({ ...token, text: '' }));
  return [...tokens.slice(0, closed), ...opened, ...added];
}

/** An alternative as the first token of its branch: it could have been any of those there. */
export function chosenToken(
  chosen: LikelyToken,
  alternatives: readonly LikelyToken[],
): WrittenToken {
  return { ...chosen, alternatives };
}

export function changeBranch(
  branches: Branches,
  id: string,
  change: (branch: Branch) => Partial<Branch>,
): Branches {
  return branches.map((branch) => (branch.id === id ? { ...branch, ...change(branch) } : branch));
}

/** Without a branch and all that left it. */
export function withoutBranch(branches: Branches, id: string): Branches {
  const gone = new Set([id]);
  return branches.filter((branch) => {
    const goes = gone.has(branch.id) || (branch.fork !== undefined && gone.has(branch.fork.from));
    if (goes) gone.add(branch.id);
    return !goes;
  });
}

/** A line of the tree. */
export interface BranchRow {
  readonly branch: Branch;
  /** 1 for a text that begins at its prompt. */
  readonly level: number;
  /** Among those that left the same branch, counted from 1. */
  readonly position: number;
  readonly siblings: number;
}

/** From top to bottom: each branch is followed by those that left it. */
export function branchRows(branches: Branches, from?: string, level = 1): readonly BranchRow[] {
  const children = branches.filter(({ fork }) => fork?.from === from);
  return children.flatMap((branch, index) => [
    { branch, level, position: index + 1, siblings: children.length },
    ...branchRows(branches, branch.id, level + 1),
  ]);
}
