/** @file What every view of the attention page is given: its state and what the user can do. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AttentionActions } from './attentionConnection';
import type { AttentionState } from './attentionState';
import type { Deeper } from './deeper/deeper';

export interface AttentionContent {
  readonly state: AttentionState;
  readonly actions: AttentionActions;
  readonly deeper: Deeper;
}

export const AttentionContext = createContext<AttentionContent | undefined>(undefined);

/** The page's content; throws outside of it. */
export function useAttention(): AttentionContent {
  const content = useContext(AttentionContext);
  if (content === undefined) throw new Error('A view stands outside of the attention page.');
  return content;
}
