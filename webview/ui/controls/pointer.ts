/** @file Telling a pointer that was moved from one that rests while the page moves under it. */

/** Where the only mouse of the page was when it was last asked for, in CSS pixels of the window. */
let last: { readonly x: number; readonly y: number } | undefined;

/**
 * Whether the user has moved the pointer, asked once an event. The browser tells of it as well when
 * something else comes under it: what the keyboard has scrolled there is not pointed at.
 */
export function wasMoved({
  clientX: x,
  clientY: y,
}: Pick<PointerEvent, 'clientX' | 'clientY'>): boolean {
  const isMoved = last?.x !== x || last.y !== y;
  last = { x, y };
  return isMoved;
}

/** The user scrolls with the pointer itself: what comes under it then is pointed at. */
export function forgetPointer(): void {
  last = undefined;
}
