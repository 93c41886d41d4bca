/** @file A named part of a page: a landmark with its heading. */
import type { ComponentChildren } from 'preact';

export interface PanelProps {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** The heading can be given the focus, by what leads to the panel. */
  readonly focusable?: boolean;
  /** Small controls on the heading's line. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ id, title, focusable = false, actions, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={`${id}-title`} id={id}>
      <div class="panel-heading">
        <h2 id={`${id}-title`} tabIndex={focusable ? -1 : undefined}>
          {title}
        </h2>
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
