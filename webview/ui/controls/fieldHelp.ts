/**
 * @file Help that lies over the page can be put away with Escape, while pointer and focus stay
 * where they are (WCAG 2.2, 1.4.13). It comes back when either comes to its field anew.
 */

/** Listens for as long as the page stands. */
export function dismissHelpOnEscape(root: HTMLElement): void {
  document.addEventListener('keydown', ({ key, defaultPrevented }) => {
    // An open list takes Escape for itself.
    if (key !== 'Escape' || defaultPrevented) return;
    for (const field of root.querySelectorAll<HTMLElement>('.field:is(:hover, :focus-within)')) {
      field.dataset.help = 'dismissed';
    }
  });
  for (const coming of ['pointerover', 'focusin'] as const) {
    root.addEventListener(coming, ({ target, relatedTarget }) => {
      const field = fieldAround(target);
      if (field !== null && field !== fieldAround(relatedTarget)) delete field.dataset.help;
    });
  }
}

function fieldAround(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.field') : null;
}
