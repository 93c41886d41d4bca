/** @file A named part of a page: a landmark with its heading. */
import type { ComponentChildren } from 'preact';

export interface PanelProps {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Small controls on the heading's line. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ id, title, actions, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={`${id}-title`} id={id}>
      <div class="panel-heading">
        <h2 id={`${id}-title`}>{title}</h2>
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
