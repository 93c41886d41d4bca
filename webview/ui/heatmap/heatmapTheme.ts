/** @file What heatmaps are painted with in the theme of the page. */
import { readChartTheme, type ChartTheme } from '../charts/theme';
import { colourTable, signedTable, type Ground } from './colours';
import type { Paint } from './raster';

export interface HeatmapTheme extends ChartTheme {
  readonly ground: Ground;
  readonly paint: Paint;
  /** Of numbers of both signs. */
  readonly signed: Paint;
  /** Cells and what is impossible are outlined. */
  readonly outlined: boolean;
  /** What the keyboard or the pointer is on. */
  readonly focus: string;
}

/** Both are asked for at each change of the theme, and never change. */
const tables: Readonly<Record<Ground, Uint8Array>> = {
  dark: colourTable('dark'),
  light: colourTable('light'),
};

const signedTables: typeof tables = { dark: signedTable('dark'), light: signedTable('light') };

/** Where a weight is not a number. */
const broken = [229, 20, 0] as const;

export function readHeatmapTheme(): HeatmapTheme {
  const base = readChartTheme();
  const { classList } = document.body;
  const forced = matchMedia('(forced-colors: active)').matches;
  const light = forced
    ? matchMedia('(prefers-color-scheme: light)').matches
    : classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
  const ground = light ? 'light' : 'dark';
  const highContrast = document.body.className.includes('vscode-high-contrast');
  const focus = getComputedStyle(document.body).getPropertyValue('--vscode-focusBorder').trim();
  return {
    ...base,
    ground,
    paint: { table: tables[ground], broken },
    signed: { table: signedTables[ground], broken, middle: 0.5 },
    outlined: highContrast || forced,
    focus: forced || focus === '' ? 'Highlight' : focus,
  };
}
