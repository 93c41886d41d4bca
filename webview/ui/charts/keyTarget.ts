/** @file Which point a key moves a chart's cursor to. Pure. */

/**
 * The index after `key` was pressed at `index` of `length` points, or undefined for a key that
 * moves nothing.
 */
export function keyTarget(key: string, index: number, length: number): number | undefined {
  const far = Math.max(1, Math.round(length / 10));
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - far,
    PageUp: index + far,
    Home: 0,
    End: length - 1,
  };
  const target = moves[key];
  return target === undefined ? undefined : Math.min(length - 1, Math.max(0, target));
}
