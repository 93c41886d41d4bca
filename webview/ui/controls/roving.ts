/**
 * @file One of many is reached by Tab, the others by arrow keys (WAI-ARIA, roving tabindex). It
 * knows no view.
 */

export interface RovingKeys {
  /** Those of the items' own direction; both directions where nothing is said. */
  readonly along?: 'row' | 'column';
}

/** The item that a key leads to from the one at `index` among `items`; undefined for other keys. */
export function itemForKey(
  key: string,
  items: readonly HTMLElement[],
  index: number,
  { along }: RovingKeys = {},
): number | undefined {
  const last = items.length - 1;
  const by = (step: number): number => Math.min(last, Math.max(0, index + step));
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return along === 'column' ? undefined : by(-1);
    case 'ArrowRight':
      return along === 'column' ? undefined : by(1);
    case 'ArrowUp':
      if (along === 'row') return otherLine(items, index, -1);
      return by(-1);
    case 'ArrowDown':
      if (along === 'row') return otherLine(items, index, 1);
      return by(1);
    default:
      return undefined;
  }
}

/** Of items that flow in lines, the one nearest above or below; the same where there is none. */
function otherLine(items: readonly HTMLElement[], index: number, direction: -1 | 1): number {
  const from = items[index]?.getClientRects()[0];
  if (from === undefined) return index;
  let line: number | undefined;
  let best = { at: index, distance: Infinity };
  for (let at = index + direction; at >= 0 && at < items.length; at += direction) {
    const box = items[at]?.getClientRects()[0];
    if (box === undefined || Math.abs(box.top - from.top) < box.height / 2) continue;
    line ??= box.top;
    if (Math.abs(box.top - line) >= box.height / 2) break;
    const distance = Math.abs(box.left - from.left);
    if (distance < best.distance) best = { at, distance };
  }
  return best.at;
}
