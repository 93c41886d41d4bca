/** @file How long pictures of attention take to draw in this browser. */
import type { Layout } from '../../../webview/ui/heatmap/geometry';
import { readHeatmapTheme } from '../../../webview/ui/heatmap/heatmapTheme';
import { MapPlot, type MapPicture } from '../../../webview/ui/heatmap/plot';
import { paintThumbnail } from '../../../webview/ui/heatmap/raster';
import { weightsOf } from '../../../webview/ui/heatmap/weights';

export interface DrawingTimes {
  /** Milliseconds, medians: all small pictures of a model. */
  readonly thumbnails: number;
  /** One head of a long text that is new, and the same when only the mark moves. */
  readonly map: number;
  readonly mark: number;
}

/** Draws `heads` pictures of `cells` a side, and one head of `tokens`. */
export function measureDrawing(heads: number, cells: number, tokens: number): DrawingTimes {
  const theme = readHeatmapTheme();
  const canvases = Array.from({ length: heads }, () => canvasOf(cells));
  const bytes = Uint8Array.from({ length: cells * cells }, (_, at) => (at * 7) % 256);
  const thumbnails = median(() => {
    for (const canvas of canvases) {
      const { pixels } = paintThumbnail(bytes, cells, true, theme.paint);
      const context = canvas.getContext('2d');
      context?.putImageData(new ImageData(pixels, cells, cells), 0, 0);
    }
    for (const canvas of canvases) settle(canvas);
  });
  const values = Float32Array.from({ length: tokens * tokens }, (_, at) => {
    const query = Math.floor(at / tokens);
    return at % tokens > query ? 0 : 1 / (query + 1);
  });
  const weights = weightsOf(values, tokens);
  const labels = Array.from({ length: tokens }, (_, index) => `token${index}`);
  const canvas = canvasOf(680);
  const plot = new MapPlot(canvas);
  const side = 680;
  const gutter = 60;
  const cell = (side - gutter) / tokens;
  const layout: Layout = { size: tokens, gutter, cell, width: side, height: side, left: 0, top: 0 };
  let picture: MapPicture = { weights, labels, scale: 'row' };
  const map = median(() => {
    picture = { ...picture };
    plot.draw(picture, theme, layout, undefined);
    settle(canvas);
  });
  let query = 0;
  const mark = median(() => {
    query += 1;
    plot.draw(picture, theme, layout, { query, key: 0 });
    settle(canvas);
  });
  return { thumbnails, map, mark };
}

function canvasOf(side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  return canvas;
}

/** Waits until it is drawn: a canvas puts that off. */
function settle(canvas: HTMLCanvasElement): void {
  canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
}

function median(work: () => void): number {
  const times = Array.from({ length: 11 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[5] ?? 0;
}
