/** @file A prompt and what the model wrote after it, also where that is nothing to be seen. */
import { blankText } from './blankText';

export interface WrittenTextProps {
  readonly prompt: string;
  readonly text: string;
  /** Nothing more comes: what cannot be seen by then is said. */
  readonly ended: boolean;
}

export function WrittenText({ prompt, text, ended }: WrittenTextProps) {
  const blank = ended ? blankText(text) : undefined;
  return (
    <>
      {prompt !== '' && <span class="written-prompt">{prompt}</span>}
      {blank === undefined ? text : <span class="written-blank">{blank}</span>}
    </>
  );
}
