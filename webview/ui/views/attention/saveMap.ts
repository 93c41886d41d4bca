/** @file What is seen of a head as a file: PNG, SVG or CSV, in the colours of the page. */
import type { PictureFile } from '../../../protocol/attentionApi';
import {
  heatmapSvg,
  linesSvg,
  pictureCell,
  toCsv,
  type PictureStyle,
} from '../../heatmap/exportMap';
import type { Layout } from '../../heatmap/geometry';
import { readHeatmapTheme } from '../../heatmap/heatmapTheme';
import { gutterFor, MapPlot, type MapPicture } from '../../heatmap/plot';
import type { MapShape } from './attentionState';

/** What is to be saved. */
export interface SavedMap {
  /** `Layer 1, head 2, step 480` */
  readonly title: string;
  readonly picture: MapPicture;
  readonly shape: MapShape;
  /** The token that looks, where one is marked. */
  readonly marked: number | undefined;
}

export async function fileOf(kind: PictureFile['kind'], map: SavedMap): Promise<PictureFile> {
  return { kind, name: `${fileName(map.title)}.${kind}`, bytes: await bytesOf(kind, map) };
}

async function bytesOf(kind: PictureFile['kind'], map: SavedMap): Promise<ArrayBuffer> {
  switch (kind) {
    case 'csv':
      return encoded(toCsv(map.picture));
    case 'svg':
      return encoded(svgOf(map));
    case 'png':
      return pngOf(map.shape === 'heatmap' ? drawn(map.picture) : await rendered(svgOf(map)));
    default:
      return kind satisfies never;
  }
}

/** `attention-layer-1-head-2-step-1480` */
function fileName(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/(?<=\d),(?=\d)/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return `attention-${words.replaceAll(/^-|-$/g, '')}`;
}

function svgOf({ title, picture, shape, marked }: SavedMap): string {
  const style = pictureStyle(picture.signed);
  return shape === 'heatmap'
    ? heatmapSvg(title, picture, style)
    : linesSvg(title, picture, style, marked);
}

function pictureStyle(signed?: boolean): PictureStyle {
  const theme = readHeatmapTheme();
  const { backgroundColor, fontFamily } = getComputedStyle(document.body);
  const isClear = /^(transparent|rgba\(.*, 0\))$/.test(backgroundColor);
  const plain = theme.ground === 'dark' ? '#1f1f1f' : '#ffffff';
  return {
    table: (signed === true ? theme.signed : theme.paint).table,
    ground: isClear ? plain : backgroundColor,
    text: theme.text,
    line: theme.colours.blue,
    font: fontFamily,
  };
}

/** The whole map, every token named that there is room for. */
function drawn(picture: MapPicture): HTMLCanvasElement {
  const theme = readHeatmapTheme();
  const { size } = picture.weights;
  const gutter = gutterFor(picture.labels, theme);
  const cell = pictureCell(size);
  const side = Math.ceil(gutter + size * cell) + 1;
  const layout: Layout = { size, gutter, cell, width: side, height: side, left: 0, top: 0 };
  const canvas = document.createElement('canvas');
  new MapPlot(canvas).draw(picture, theme, layout, undefined);
  return onGround(canvas.width, canvas.height, (context) => {
    context.drawImage(canvas, 0, 0);
  });
}

async function rendered(svg: string): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return onGround(image.width * 2, image.height * 2, (context) => {
      context.drawImage(image, 0, 0, image.width * 2, image.height * 2);
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function onGround(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = pictureStyle().ground;
    context.fillRect(0, 0, width, height);
    draw(context);
  }
  return canvas;
}

async function pngOf(canvas: HTMLCanvasElement): Promise<ArrayBuffer> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) {
    throw new Error(`The browser made no picture of ${canvas.width} × ${canvas.height} pixels.`);
  }
  return blob.arrayBuffer();
}

function encoded(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}
