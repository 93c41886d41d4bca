/** @file What a number becomes when an arrow key steps it. Pure. */

export interface Steps {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The next multiple of `step` above (`direction` 1) or below (-1) the typed `text`, within the
 * range. A value off the grid goes to the next point of the grid first, so that 100 and 8 are
 * reached from 97 and 5. Text that is no number becomes the smallest value.
 */
export function stepped(text: string, direction: 1 | -1, { min, max, step }: Steps): string {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return `${min}`;
  const position = value / step;
  // A tolerance, since 0.15 / 0.05 is 2.9999999999999996.
  const onGrid = Math.abs(position - Math.round(position)) < 1e-6;
  const from = onGrid
    ? Math.round(position)
    : direction > 0
      ? Math.floor(position)
      : Math.ceil(position);
  const next = Math.min(max, Math.max(min, (from + direction) * step));
  return `${Number(next.toPrecision(12))}`;
}
