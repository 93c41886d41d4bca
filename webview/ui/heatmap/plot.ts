/**
 * @file The canvas of one map: its weights, painted once and then moved; tokens on both axes; what
 * is impossible hatched; the cell that is looked at. It knows no components.
 */
import { beginningOf } from '../../config/cut';
import { labelStep, seenRange, type Layout } from './geometry';
import type { HeatmapTheme } from './heatmapTheme';
import { paintWeights } from './raster';
import { scaleTops, type Cell, type MapScale, type Weights } from './weights';

/** All that a picture is made of. */
export interface MapPicture {
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly scale: MapScale;
  /** Numbers of both signs: 0.5 stands for 0. */
  readonly signed?: true;
}

/** CSS pixels from one label to the next. */
const labelSpacing = 13;

/** CSS pixels between two lines of the hatching. */
const hatching = 6;

/** Cells that are at least as large have a grid where outlines are wanted. */
const gridFrom = 6;

/** Letters of a token that an axis has room for. */
const longestLabel = 9;

export class MapPlot {
  readonly #canvas: HTMLCanvasElement;
  readonly #bitmap = document.createElement('canvas');
  #painted: { picture: MapPicture; theme: HeatmapTheme; side: number } | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  draw(picture: MapPicture, theme: HeatmapTheme, layout: Layout, cell: Cell | undefined): void {
    const ratio = Math.max(1, devicePixelRatio);
    const { width, height } = layout;
    resize(this.#canvas, Math.round(width * ratio), Math.round(height * ratio));
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#paint(picture, theme, layout.cell * picture.weights.size * ratio);
    context.save();
    context.beginPath();
    context.rect(layout.gutter, layout.gutter, width, height);
    context.clip();
    context.translate(layout.gutter - layout.left, layout.gutter - layout.top);
    this.#drawCells(context, layout);
    if (picture.weights.causal) hatchFuture(context, theme, layout);
    if (theme.outlined) drawGrid(context, theme, layout, picture.weights.causal);
    drawFrame(context, theme, layout);
    if (cell !== undefined) drawCell(context, theme, layout, cell);
    context.restore();
    drawLabels(context, picture.labels, theme, layout, cell);
  }

  /** Paints the weights in as many pixels as they are shown in, unless that is done. */
  #paint(picture: MapPicture, theme: HeatmapTheme, pixels: number): void {
    const side = Math.min(picture.weights.size, Math.max(1, Math.floor(pixels)));
    const before = this.#painted;
    if (before?.picture === picture && before.theme === theme && before.side === side) return;
    const tops = scaleTops(picture.weights, picture.scale);
    const paint = picture.signed === true ? theme.signed : theme.paint;
    const raster = paintWeights(picture.weights, tops, paint, side);
    resize(this.#bitmap, side, side);
    this.#bitmap.getContext('2d')?.putImageData(new ImageData(raster.pixels, side, side), 0, 0);
    this.#painted = { picture, theme, side };
  }

  #drawCells(context: CanvasRenderingContext2D, { cell, size }: Layout): void {
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#bitmap, 0, 0, cell * size, cell * size);
  }
}

/** Setting a canvas's size empties it: only where it changes. */
function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** The half that no query may look into: hatched, so that nobody takes it for a weight of 0. */
function hatchFuture(context: CanvasRenderingContext2D, theme: HeatmapTheme, layout: Layout): void {
  const { cell, size } = layout;
  const [first, end] = seenRange(layout, 'query');
  const side = cell * size;
  context.save();
  context.beginPath();
  context.moveTo(side, first * cell);
  for (let query = first; query < end; query += 1) {
    context.lineTo((query + 1) * cell, query * cell);
    context.lineTo((query + 1) * cell, (query + 1) * cell);
  }
  context.lineTo(side, end * cell);
  context.clip();
  context.strokeStyle = theme.outlined ? theme.text : theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  // Only over what is seen: a map that is enlarged is many times as long.
  const from = Math.floor((layout.left + layout.top) / hatching) * hatching;
  const to = from + layout.width + layout.height;
  for (let at = from; at < to; at += hatching) {
    context.moveTo(at, 0);
    context.lineTo(at - side, side);
  }
  context.stroke();
  context.restore();
}

function drawGrid(
  context: CanvasRenderingContext2D,
  theme: HeatmapTheme,
  layout: Layout,
  causal: boolean,
): void {
  const { cell, size } = layout;
  if (cell < gridFrom) return;
  const [first, end] = seenRange(layout, 'query');
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (let query = first; query < end; query += 1) {
    const last = causal ? query + 1 : size;
    for (let key = 0; key < last; key += 1) context.rect(key * cell, query * cell, cell, cell);
  }
  context.stroke();
}

function drawFrame(
  context: CanvasRenderingContext2D,
  theme: HeatmapTheme,
  { cell, size }: Layout,
): void {
  context.strokeStyle = theme.outlined ? theme.text : theme.grid;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, cell * size - 1, cell * size - 1);
}

/** Two lines, dark on bright and bright on dark: seen on every colour of the table. */
function drawCell(
  context: CanvasRenderingContext2D,
  theme: HeatmapTheme,
  { cell, size }: Layout,
  { query, key }: Cell,
): void {
  const side = Math.max(5, cell);
  const x = (key + 0.5) * cell - side / 2;
  const y = (query + 0.5) * cell - side / 2;
  context.lineWidth = 1;
  context.strokeStyle = theme.text;
  context.globalAlpha = 0.55;
  context.strokeRect(0.5, y + 0.5, cell * size - 1, side - 1);
  context.globalAlpha = 1;
  context.lineWidth = 4;
  context.strokeStyle = theme.ground === 'dark' ? '#000000' : '#ffffff';
  context.strokeRect(x, y, side, side);
  context.lineWidth = 2;
  context.strokeStyle = theme.focus;
  context.strokeRect(x, y, side, side);
}

/** The tokens that look, downwards; those that are looked at, along the top. */
function drawLabels(
  context: CanvasRenderingContext2D,
  labels: readonly string[],
  theme: HeatmapTheme,
  layout: Layout,
  cell: Cell | undefined,
): void {
  const { gutter } = layout;
  const step = labelStep(layout.cell, labelSpacing);
  context.font = labelFont(theme);
  context.textBaseline = 'middle';
  const name = (index: number): string => shortLabel(labels[index] ?? '');
  const place = (axis: 'query' | 'key', index: number): number => {
    const offset = axis === 'query' ? layout.top : layout.left;
    return gutter + (index + 0.5) * layout.cell - offset;
  };
  const put = (axis: 'query' | 'key', index: number): void => {
    const at = place(axis, index);
    const end = axis === 'query' ? layout.height : layout.width;
    if (at < gutter || at > end) return;
    context.save();
    if (axis === 'query') {
      context.textAlign = 'right';
      context.fillText(name(index), gutter - 5, at);
    } else {
      context.translate(at, gutter - 5);
      context.rotate(-Math.PI / 2);
      context.textAlign = 'left';
      context.fillText(name(index), 0, 0);
    }
    context.restore();
  };
  for (const axis of ['query', 'key'] as const) {
    const looked = cell?.[axis];
    const [first, end] = seenRange(layout, axis);
    context.fillStyle = theme.text;
    for (let index = Math.ceil(first / step) * step; index < end; index += step) {
      const hidden = looked !== undefined && looked !== index;
      const crowded = hidden && Math.abs(looked - index) * layout.cell < labelSpacing;
      context.globalAlpha = hidden ? 0.75 : 1;
      if (!crowded && looked !== index) put(axis, index);
    }
    context.globalAlpha = 1;
    if (looked === undefined) continue;
    context.font = `bold ${labelFont(theme)}`;
    put(axis, looked);
    context.font = labelFont(theme);
  }
}

/** How wide labels are at most, in CSS pixels. */
export function gutterFor(labels: readonly string[], theme: HeatmapTheme): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 60;
  context.font = `bold ${labelFont(theme)}`;
  let widest = 12;
  for (const label of new Set(labels)) {
    widest = Math.max(widest, context.measureText(shortLabel(label)).width);
  }
  return Math.ceil(widest) + 10;
}

function labelFont({ font }: HeatmapTheme): string {
  const size = /^([\d.]+)px/.exec(font)?.[1] ?? '13';
  return font.replace(/^[\d.]+px/, `${Math.round(Number(size) * 0.88)}px`);
}

function shortLabel(label: string): string {
  return label.length > longestLabel ? `${beginningOf(label, longestLabel - 1)}…` : label;
}
