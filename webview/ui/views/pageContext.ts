/**
 * @file What every view of the playground page is given: its state, its form and what the user can
 * do.
 */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PlaygroundActions } from '../state/connection';
import type { FormState } from '../state/formState';
import type { PlaygroundState } from '../state/playgroundState';

export interface PageContent {
  readonly state: PlaygroundState;
  readonly form: FormState;
  readonly actions: PlaygroundActions;
}

export const PageContext = createContext<PageContent | undefined>(undefined);

/** The page's content; throws outside of it. */
export function usePage(): PageContent {
  const content = useContext(PageContext);
  if (content === undefined) throw new Error('A view stands outside of its page.');
  return content;
}
