/** @file What the user can do in the generation view. */
import type { GenerationCommand } from '../../../protocol/generationApi';
import type { LikelyToken } from '../../../protocol/writing';

/** None of them rejects: what fails stands beside what was asked for, or as `state.problem`. */
export interface GenerationActions {
  /** Writes after the prompt: once, or each of the variants that the controls name. */
  readonly generate: () => void;
  /** Ends everything that is being written. */
  readonly stop: () => void;
  /** Writes on at the end of the chosen branch. */
  readonly goOn: () => void;
  /** A new branch: this token in the place `at` of the chosen one. */
  readonly branch: (at: number, token: LikelyToken) => void;
  readonly compare: () => void;
  readonly copy: (text: string, onCopied: () => void) => void;
  /** Shows where a token of the chosen branch looks, by its place after the prompt's end. */
  readonly showAttention: (at: number) => void;
  readonly runCommand: (command: GenerationCommand) => void;
}
