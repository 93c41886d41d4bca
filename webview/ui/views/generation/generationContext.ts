/** @file What every part of the generation view is given: its state and what the user can do. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { GenerationActions } from './generationActions';
import type { GenerationState } from './generationState';

export interface GenerationContent {
  readonly state: GenerationState;
  readonly actions: GenerationActions;
}

export const GenerationContext = createContext<GenerationContent | undefined>(undefined);

/** The view's content; throws outside of it. */
export function useGeneration(): GenerationContent {
  const content = useContext(GenerationContext);
  if (content === undefined) throw new Error('A view stands outside of the generation view.');
  return content;
}
