/** @file Whether somebody sees the page: hidden pages draw nothing. */
import type { Signal } from '@preact/signals';

/** Keeps `visible` as document and host say; returns how the host says it. */
export function followVisibility(visible: Signal<boolean>): (hostSees: boolean) => void {
  let hostSees = true;
  const look = (): void => {
    visible.value = hostSees && document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', look);
  look();
  return (sees) => {
    hostSees = sees;
    look();
  };
}
