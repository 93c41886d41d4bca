/**
 * @file Where the cells of a map lie on its canvas, and which of their labels there is room for.
 * Pure; lengths in CSS pixels.
 */
import type { Cell } from './weights';

/** A map in its place. */
export interface Layout {
  readonly size: number;
  /** Width of the labels on the left, height of those above. */
  readonly gutter: number;
  /** Side of a cell; less than a pixel for a long text. */
  readonly cell: number;
  /** Of the part that is seen. */
  readonly width: number;
  readonly height: number;
  /** What was scrolled away to the left and above. */
  readonly left: number;
  readonly top: number;
}

/** Cells larger than this teach nothing more. */
const largestCell = 34;

/** The farthest zoom: a cell in which a token can be read. */
const readableCell = 18;

/** Side of a cell where the whole map is seen. */
export function fittingCell(size: number, room: number): number {
  return Math.min(largestCell, Math.max(0.1, room / Math.max(1, size)));
}

/** How many times a map can be enlarged, doubling, until its tokens are readable. */
export function zoomSteps(fitting: number): number {
  return Math.max(0, Math.ceil(Math.log2(readableCell / fitting)));
}

/** The cell at a point of the canvas, or undefined for one beside the map. */
export function cellAt(layout: Layout, x: number, y: number): Cell | undefined {
  const { gutter, cell, size, left, top } = layout;
  if (x < gutter || y < gutter) return undefined;
  const key = Math.floor((x - gutter + left) / cell);
  const query = Math.floor((y - gutter + top) / cell);
  return key < size && query < size ? { query, key } : undefined;
}

/** The range of rows or columns that are seen, the end excluded. */
export function seenRange(layout: Layout, axis: 'query' | 'key'): [number, number] {
  const offset = axis === 'query' ? layout.top : layout.left;
  const room = (axis === 'query' ? layout.height : layout.width) - layout.gutter;
  const first = Math.max(0, Math.floor(offset / layout.cell));
  return [first, Math.min(layout.size, Math.ceil((offset + room) / layout.cell))];
}

/** Every how manieth token is named: 1, 2, 5, 10, 20 … so that labels stay `spacing` apart. */
export function labelStep(cell: number, spacing: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) if (factor * power * cell >= spacing) return factor * power;
  }
}

/** How far to scroll on one axis so that a cell is seen. */
export function scrollFor(layout: Layout, axis: 'query' | 'key', index: number): number {
  const offset = axis === 'query' ? layout.top : layout.left;
  const room = (axis === 'query' ? layout.height : layout.width) - layout.gutter;
  const start = index * layout.cell;
  if (start < offset) return start;
  return start + layout.cell > offset + room ? start + layout.cell - room : offset;
}

/**
 * How far to scroll on one axis when cells become `cell` pixels, so that a place of the map, in
 * cells from its beginning, stays where it is seen. May lie beyond what can be scrolled.
 */
export function scrollForZoom(
  layout: Layout,
  axis: 'query' | 'key',
  place: number,
  cell: number,
): number {
  const offset = axis === 'query' ? layout.top : layout.left;
  return offset + place * (cell - layout.cell);
}

/** The place in the middle of what is seen, in cells from the map's beginning. */
export function middleOf(layout: Layout, axis: 'query' | 'key'): number {
  const [first, end] = seenRange(layout, axis);
  return (first + end) / 2;
}

/** The cell that a key leads to from another; undefined for a key that moves nothing. */
export function cellAfter(
  key: string,
  withControl: boolean,
  from: Cell,
  size: number,
): Cell | undefined {
  const far = Math.max(1, Math.round(size / 10));
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    PageUp: [-far, 0],
    PageDown: [far, 0],
    Home: [withControl ? -size : 0, -size],
    End: [withControl ? size : 0, size],
  };
  const move = moves[key];
  if (move === undefined) return undefined;
  const within = (value: number): number => Math.min(size - 1, Math.max(0, value));
  return { query: within(from.query + move[0]), key: within(from.key + move[1]) };
}
