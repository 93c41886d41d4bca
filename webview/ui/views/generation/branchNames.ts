/** @file How a branch is called where there is room for a line. Pure. */
import { beginningOf, endOf } from '../../../config/cut';
import { branchOf, tokensOf, type Branch, type Branches } from './branches';

/** Characters of a name. */
const longest = 60;

/** Its first words: of a text that begins at its prompt, with the prompt's last. */
export function branchName({ prompt, fork, tokens, progress }: Branch): string {
  const written = tokens.map(({ text }) => text).join('');
  const whole = fork === undefined ? lastOf(prompt) + written : written;
  const words = whole.replaceAll(/\s+/g, ' ').trim();
  if (words === '') return progress.phase === 'waiting' ? 'waiting …' : '(nothing to be seen)';
  return words.length <= longest ? words : `${beginningOf(words, longest)}…`;
}

/** Where it left: `12: “x” for “y”`. */
export function forkName(branches: Branches, { fork, tokens }: Branch): string | undefined {
  const parent = branchOf(branches, fork?.from);
  if (fork === undefined || parent === undefined) return undefined;
  const before = tokensOf(branches, parent)[fork.at]?.label;
  const now = tokens[0]?.label ?? '';
  const swapped = before === undefined || before === now ? '' : ` for “${before}”`;
  return `${fork.at}: “${now}”${swapped}`;
}

/** Characters of the prompt that the name begins with. */
const shownPrompt = 20;

function lastOf(prompt: string): string {
  return prompt.length <= shownPrompt ? prompt : `…${endOf(prompt, shownPrompt)}`;
}
