/**
 * @file A button that reads like a link: what it shows or hides is secondary to what stands beside
 * it.
 */
import { focusNext } from './focus';

export interface LinkButtonProps {
  /** For what leads to the button. */
  readonly id?: string;
  readonly label: string;
  /** What it does beyond its label. */
  readonly hint?: string;
  /** Whether what it opens is open; absent for one that opens nothing. */
  readonly expanded?: boolean;
  /** Id of what it opens. */
  readonly controls?: string;
  /** Ids of what gets the focus when the button vanishes with it; see `focus.ts`. */
  readonly next?: readonly string[];
  readonly onPress: () => void;
}

export function LinkButton(props: LinkButtonProps) {
  const { id, label, hint, expanded, controls, next, onPress } = props;
  return (
    <button
      type="button"
      id={id}
      class="link-button"
      title={hint}
      aria-expanded={expanded}
      aria-controls={expanded === true ? controls : undefined}
      onClick={onPress}
      {...focusNext(next)}
    >
      {label}
    </button>
  );
}
