/**
 * @file Where the focus goes when what has it vanishes: a browser drops it, and whoever uses the
 * keyboard would begin anew at the top. It knows no view.
 */

/** Holds the ids of what comes next, in order, apart by spaces: on a control or around it. */
const successors = 'data-focus-next';

const focusable = 'button, input, summary, a[href], [tabindex], vscode-button';

/** For a control that vanishes when it is used, or what is around it. */
export function focusNext(ids: readonly string[] | undefined): Record<string, string> {
  return ids === undefined ? {} : { [successors]: ids.join(' ') };
}

/**
 * Watches over the focus within `root` for as long as the page stands. Whatever names no successor
 * that is there leads to `otherwise`. A focus that was elsewhere, or nowhere, stays there; so does
 * that of another window or editor.
 */
export function keepFocus(root: HTMLElement, otherwise: string): void {
  let focused: Element | undefined;
  let next: readonly string[] = [];

  const settle = (): void => {
    if (focused === undefined || focused.isConnected) return;
    if (document.activeElement !== document.body) focused = undefined;
    // A page in the background gets its focus back later, and would take it from the editor now.
    else if (document.hasFocus()) standing([...next, otherwise])?.focus();
  };

  root.addEventListener('focusin', ({ target }) => {
    focused = target instanceof Element ? target : undefined;
    // Asked now: once it is gone, nothing is around it.
    next = focused === undefined ? [] : successorsOf(focused);
  });
  root.addEventListener('focusout', ({ target }) => {
    // Some browsers say so of what is about to vanish as well: a moment later it is known.
    queueMicrotask(() => {
      const stands = target instanceof Element && target.isConnected;
      if (stands && target === focused && target !== document.activeElement) focused = undefined;
    });
  });
  new MutationObserver(settle).observe(root, { childList: true, subtree: true });
  window.addEventListener('focus', settle);
}

/** From the control outwards. */
function successorsOf(control: Element): string[] {
  const ids: string[] = [];
  for (
    let around = control.closest(`[${successors}]`);
    around !== null;
    around = around.parentElement?.closest(`[${successors}]`) ?? null
  ) {
    ids.push(...(around.getAttribute(successors)?.split(' ') ?? []));
  }
  return ids;
}

/** The first that is there: a control, or the first control of a part of the page. */
function standing(ids: readonly string[]): HTMLElement | undefined {
  for (const id of ids) {
    const part = document.getElementById(id);
    const control = part?.matches(focusable) === true ? part : part?.querySelector(focusable);
    if (control instanceof HTMLElement) return control;
  }
  return undefined;
}
