/**
 * @file A map as pixels: each weight in its colour, what is impossible left clear. Larger maps than
 * their place keep the largest weight of each pixel, so that no thin line is lost. Pure.
 */
import { tableSize } from './colours';
import type { Weights } from './weights';

/** What a map is painted with. */
export interface Paint {
  /** [256 × 3], as `colourTable` makes it. */
  readonly table: Uint8Array;
  /** Where a weight is not a number. */
  readonly broken: readonly [number, number, number];
  /** The share that says nothing, of a table with two ends; of one with one end it is 0. */
  readonly middle?: number;
}

/** Square pictures: [side × side × RGBA]. */
export interface Raster {
  readonly side: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Paints weights, at most `limit` pixels a side: one a cell, or several cells to one.
 *
 * @param tops the weight of the strongest colour of each row.
 */
export function paintWeights(
  { size, values, causal }: Weights,
  tops: Float32Array,
  paint: Paint,
  limit: number,
): Raster {
  const side = Math.min(size, Math.max(1, Math.floor(limit)));
  const pixels = new Uint8ClampedArray(side * side * 4);
  const colours = packed(paint.table);
  const broken = pack(...paint.broken);
  const words = new Uint32Array(pixels.buffer);
  const shares = new Float32Array(side);
  const { middle = 0 } = paint;
  for (let row = 0; row < side; row += 1) {
    shares.fill(-1);
    const firstQuery = Math.floor((row * size) / side);
    const endQuery = Math.max(firstQuery + 1, Math.floor(((row + 1) * size) / side));
    for (let query = firstQuery; query < endQuery; query += 1) {
      const scale = 1 / Math.max(tops[query] ?? 0, Number.MIN_VALUE);
      const factor = Number.isFinite(scale) ? scale : 0;
      const start = query * size;
      const end = causal ? query + 1 : size;
      for (let key = 0; key < end; key += 1) {
        const share = (values[start + key] ?? 0) * factor;
        const at = side === size ? key : Math.floor((key * side) / size);
        const kept = shares[at] ?? -1;
        const isMore =
          middle === 0
            ? share > kept
            : kept === -1 || Math.abs(share - middle) > Math.abs(kept - middle);
        // What is not a number stays: it is to be seen before all others.
        if (isMore || Number.isNaN(share)) shares[at] = share;
      }
    }
    const line = row * side;
    for (let column = 0; column < side; column += 1) {
      const share = shares[column] ?? -1;
      // After the diagonal: nothing was there to be painted.
      if (share === -1) continue;
      const index = Math.min(tableSize - 1, Math.round(share * (tableSize - 1)));
      words[line + column] = Number.isNaN(share) ? broken : (colours[index] ?? 0);
    }
  }
  return { side, pixels };
}

/**
 * Paints the picture of one head among several, whose weights come as bytes.
 *
 * @param bytes [side × side], 255 is a weight of 1.
 */
export function paintThumbnail(
  bytes: Uint8Array,
  side: number,
  causal: boolean,
  { table }: Paint,
): Raster {
  const pixels = new Uint8ClampedArray(side * side * 4);
  const words = new Uint32Array(pixels.buffer);
  const colours = packed(table);
  let top = 1;
  for (const byte of bytes) if (byte > top) top = byte;
  const shares = Uint8Array.from({ length: tableSize }, (_, byte) =>
    Math.min(tableSize - 1, Math.round((byte / top) * (tableSize - 1))),
  );
  for (let row = 0; row < side; row += 1) {
    const end = causal ? row + 1 : side;
    for (let column = 0; column < end; column += 1) {
      const at = row * side + column;
      words[at] = colours[shares[bytes[at] ?? 0] ?? 0] ?? 0;
    }
  }
  return { side, pixels };
}

/** A table as words of four bytes, as a picture holds them. */
function packed(table: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: tableSize }, (_, index) =>
    pack(table[index * 3] ?? 0, table[index * 3 + 1] ?? 0, table[index * 3 + 2] ?? 0),
  );
}

/** Red, green, blue, opaque: the lowest byte first, as on every machine that runs VS Code. */
function pack(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
