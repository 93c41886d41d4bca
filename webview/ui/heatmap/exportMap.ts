/** @file A map as a file for others: numbers as CSV, pictures as SVG. Pure; knows no page. */
import { csvOf, quoted } from '../csv';
import { colourOf, cssColour, tableSize } from './colours';
import { labelStep } from './geometry';
import { linesOf, linesRange } from './lines';
import type { MapPicture } from './plot';
import { shortLabel } from './reading';
import { scaleTops, visibleKeys, weightAt } from './weights';

/** Colours and letters of a picture that stands by itself. */
export interface PictureStyle {
  readonly table: Uint8Array;
  readonly ground: string;
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

/** A row a query, a column a key, tokens with their places. What is impossible stays empty. */
export function toCsv(
  { weights, labels }: Pick<MapPicture, 'weights' | 'labels'>,
  corner = 'query \\ key',
): string {
  const names = labels.map((label, index) => quoted(`${index} ${label}`));
  const rows = names.map((name, query) => {
    const seen = visibleKeys(weights, query);
    const cells = names.map((_, key) =>
      key < seen ? String(weightAt(weights, { query, key })) : '',
    );
    return [name, ...cells];
  });
  return csvOf([[corner, ...names], ...rows]);
}

/** Side of a cell, and of the whole of a large map, in a picture. */
const largestCell = 18;
const largestSide = 2048;

/** The side of a cell in pictures of this many tokens. */
export function pictureCell(size: number): number {
  return Math.min(largestCell, Math.max(1, largestSide / size));
}

/** Room for labels. */
const gutter = 84;

export function heatmapSvg(title: string, picture: MapPicture, style: PictureStyle): string {
  const { weights, labels, scale } = picture;
  const { size } = weights;
  const cell = pictureCell(size);
  const side = gutter + size * cell + 1;
  const tops = scaleTops(weights, scale);
  const paths = Array.from({ length: tableSize }, () => '');
  for (let query = 0; query < size; query += 1) {
    const seen = visibleKeys(weights, query);
    for (let key = 0; key < seen; key += 1) {
      const share = weightAt(weights, { query, key }) / Math.max(tops[query] ?? 0, 1e-30);
      if (Number.isNaN(share)) continue;
      const colour = Math.min(tableSize - 1, Math.round(share * (tableSize - 1)));
      paths[colour] = `${paths[colour] ?? ''}M${key} ${query}h1v1h-1z`;
    }
  }
  const cells = paths.flatMap((path, index) =>
    path === ''
      ? []
      : [`<path fill="${cssColour(colourOf(style.table, index / (tableSize - 1)))}" d="${path}"/>`],
  );
  const step = labelStep(cell, 12);
  const names = labels.flatMap((label, index) => {
    if (index % step !== 0) return [];
    const at = gutter + (index + 0.5) * cell;
    const text = escaped(shortLabel(label));
    return [
      `<text x="${gutter - 5}" y="${at}" text-anchor="end" dominant-baseline="central">${text}</text>`,
      `<text transform="translate(${at} ${gutter - 5}) rotate(-90)" dominant-baseline="central">${text}</text>`,
    ];
  });
  return svg(title, side, side, style, [
    `<g transform="translate(${gutter} ${gutter}) scale(${cell})" shape-rendering="crispEdges">`,
    ...cells,
    '</g>',
    `<rect x="${gutter}" y="${gutter}" width="${size * cell}" height="${size * cell}" fill="none" stroke="${style.text}" stroke-opacity="0.4"/>`,
    ...names,
  ]);
}

/** Tokens of a picture of lines, at most. */
const mostTokens = 128;

export function linesSvg(
  title: string,
  { weights, labels }: MapPicture,
  style: PictureStyle,
  marked: number | undefined,
): string {
  const range = linesRange(weights.size, mostTokens, marked);
  const [first, end] = range;
  const y = (index: number): number => (index - first + 0.5) * 20 + 10;
  const [left, right] = [120, 360];
  const lines = linesOf(weights, range, marked).map(
    ({ query, key, weight, isMarked }) =>
      `<line x1="${left}" y1="${y(key)}" x2="${right}" y2="${y(query)}" stroke="${style.line}" stroke-width="${Math.max(0.6, 3 * weight).toFixed(2)}" stroke-opacity="${(isMarked ? Math.min(1, 0.15 + weight) : 0.12 * weight).toFixed(3)}"/>`,
  );
  const names = labels.slice(first, end).flatMap((label, index) => {
    const at = y(first + index);
    const text = escaped(shortLabel(label));
    return [
      `<text x="${left - 8}" y="${at}" text-anchor="end" dominant-baseline="central">${text}</text>`,
      `<text x="${right + 8}" y="${at}" dominant-baseline="central">${text}</text>`,
    ];
  });
  return svg(title, left + right, (end - first) * 20 + 20, style, [...lines, ...names]);
}

function svg(
  title: string,
  width: number,
  height: number,
  { ground, text, font }: PictureStyle,
  content: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}" font-size="11" fill="${text}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\p{Cc}]/gu, '');
}
