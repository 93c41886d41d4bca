/** @file Texts that branch: what is read in each, where it hangs in the tree, what goes with it. */
import { describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../../webview/config/presets';
import type { WrittenToken } from '../../../../webview/protocol/writing';
import { branchName, forkName } from '../../../../webview/ui/views/generation/branchNames';
import {
  branchRows,
  forkAt,
  idsOf,
  textOf,
  tokensOf,
  withoutBranch,
  type Branch,
  type Branches,
} from '../../../../webview/ui/views/generation/branches';

function token(letter: string): WrittenToken {
  const id = letter.charCodeAt(0);
  return { id, label: letter, text: letter, probability: 0.5, alternatives: [] };
}

function branch(id: string, letters: string, fork?: Branch['fork']): Branch {
  const tokens = Array.from(letters, token);
  const progress = { phase: 'stopped' } as const;
  const common = { id, runId: 'r', prompt: '>', tokens, sampling: defaultSampling, progress };
  return fork === undefined ? common : { ...common, fork };
}

// root: a b c d; left: a b X y; deep: a b X Z
const root = branch('root', 'abcd');
const left = branch('left', 'Xy', { from: 'root', at: 2 });
const deep = branch('deep', 'Z', { from: 'left', at: 3 });
const other = branch('other', 'q');
const all: Branches = [root, left, deep, other];

describe('a branch', () => {
  it('reads as its parent until the fork, then as itself', () => {
    expect(textOf(all, root)).toBe('>abcd');
    expect(textOf(all, left)).toBe('>abXy');
    expect(textOf(all, deep)).toBe('>abXZ');
    expect([...idsOf(tokensOf(all, deep), 2)]).toEqual([97, 98]);
  });

  it('leaves whoever wrote the tokens before it, so that alternatives of a token are siblings', () => {
    // Another token in the place of Z, of X, and of the b that both read from the root.
    expect(forkAt(all, deep, 4)).toEqual({ from: 'deep', at: 4 });
    expect(forkAt(all, deep, 3)).toEqual({ from: 'left', at: 3 });
    expect(forkAt(all, deep, 2)).toEqual({ from: 'root', at: 2 });
    expect(forkAt(all, deep, 1)).toEqual({ from: 'root', at: 1 });
  });

  it('goes with all that left it, and leaves the rest', () => {
    expect(withoutBranch(all, 'left').map(({ id }) => id)).toEqual(['root', 'other']);
    expect(withoutBranch(all, 'root').map(({ id }) => id)).toEqual(['other']);
  });

  it('stands below the one that it left', () => {
    const rows = branchRows(all).map(({ branch: { id }, level, position, siblings }) => [
      id,
      level,
      position,
      siblings,
    ]);
    expect(rows).toEqual([
      ['root', 1, 1, 2],
      ['left', 2, 1, 1],
      ['deep', 3, 1, 1],
      ['other', 1, 2, 2],
    ]);
  });

  it('is called by its first words, and by what it changed', () => {
    expect(branchName(root)).toBe('>abcd');
    expect(branchName(left)).toBe('Xy');
    expect(forkName(all, left)).toBe('2: “X” for “c”');
    expect(forkName(all, root)).toBeUndefined();
    expect(branchName(branch('blank', ' \n', { from: 'root', at: 0 }))).toBe(
      '(nothing to be seen)',
    );
  });
});
