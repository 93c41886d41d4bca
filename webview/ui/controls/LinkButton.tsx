/**
 * @file A button that reads like a link: what it shows or hides is secondary to what stands beside
 * it.
 */

export interface LinkButtonProps {
  readonly label: string;
  /** Whether what it opens is open; absent for one that opens nothing. */
  readonly expanded?: boolean;
  /** Id of what it opens. */
  readonly controls?: string;
  readonly onPress: () => void;
}

export function LinkButton({ label, expanded, controls, onPress }: LinkButtonProps) {
  return (
    <button
      type="button"
      class="link-button"
      aria-expanded={expanded}
      aria-controls={expanded === true ? controls : undefined}
      onClick={onPress}
    >
      {label}
    </button>
  );
}
