/** @file Something that most readers do not need at once, behind a heading that opens it. */
import type { ComponentChildren } from 'preact';

export interface DisclosureProps {
  readonly summary: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly children: ComponentChildren;
}

export function Disclosure({ summary, open, onToggle, children }: DisclosureProps) {
  return (
    <details
      class="disclosure"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) onToggle(event.currentTarget.open);
      }}
    >
      <summary
        onClick={(event) => {
          // Left to itself, the element would close whether or not it is to.
          event.preventDefault();
          onToggle(!open);
        }}
      >
        {summary}
      </summary>
      {open && <div class="disclosure-content">{children}</div>}
    </details>
  );
}
