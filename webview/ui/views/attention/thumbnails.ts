/** @file The small pictures of every head, cut out of what the engine sent. Pure. */
import type { HeadChoice } from '../../../protocol/attentionMaps';
import type { ShownMaps } from './shownMaps';

/** The small pictures of one attention: of each head, and of all together. */
export interface ThumbnailRow {
  readonly path: string;
  readonly cells: readonly { readonly head: HeadChoice; readonly bytes: Uint8Array }[];
}

export function thumbnailsOf({ modules, thumbnail, thumbnails }: ShownMaps): ThumbnailRow[] {
  const area = thumbnail * thumbnail;
  return modules.map(({ path, heads }, index) => {
    const all = thumbnails[index] ?? new Uint8Array(heads * area);
    const cells = Array.from({ length: heads }, (_, head) => ({
      head,
      bytes: all.subarray(head * area, (head + 1) * area),
    }));
    if (heads < 2) return { path, cells };
    return {
      path,
      cells: [
        ...cells,
        { head: 'mean', bytes: together(all, heads, area, 'mean') },
        { head: 'max', bytes: together(all, heads, area, 'max') },
      ],
    };
  });
}

/** Of several heads, cell by cell. */
function together(all: Uint8Array, heads: number, area: number, how: 'mean' | 'max'): Uint8Array {
  const result = new Uint8Array(area);
  for (let cell = 0; cell < area; cell += 1) {
    let sum = 0;
    let most = 0;
    for (let head = 0; head < heads; head += 1) {
      const byte = all[head * area + cell] ?? 0;
      sum += byte;
      if (byte > most) most = byte;
    }
    result[cell] = how === 'max' ? most : Math.round(sum / heads);
  }
  return result;
}
