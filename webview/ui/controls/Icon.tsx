/** @file A codicon. Decoration: what it means is always said in words beside it. */

/** Names as in https://microsoft.github.io/vscode-codicons, without their prefix. */
export type IconName =
  | 'check'
  | 'chevron-left'
  | 'chevron-right'
  | 'clear-all'
  | 'close'
  | 'copy'
  | 'debug-continue'
  | 'debug-pause'
  | 'debug-step-over'
  | 'debug-stop'
  | 'discard'
  | 'edit'
  | 'error'
  | 'info'
  | 'play'
  | 'refresh'
  | 'save'
  | 'warning'
  | 'zoom-in'
  | 'zoom-out';

export function Icon({ name }: { readonly name: IconName }) {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}
