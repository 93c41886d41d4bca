/**
 * @file The canvas of a line chart: uPlot fed with curves, its reference lines and their labels. It
 * knows no components.
 */
import uPlot from 'uplot';
import { formatCount } from '../../config/counts';
import { nearestIndex, yRange, type ChartData, type Curve } from './curves';
import { decimate } from './decimate';
import { drawMarks } from './marks';
import { spreadLabels } from './spreadLabels';
import type { ChartTheme } from './theme';

export interface PlotOptions {
  /** The plot is as large as this. */
  readonly element: HTMLElement;
  readonly theme: ChartTheme;
  /** The pointer moved the cursor to a point of the x axis, or off the chart. */
  readonly onCursor: (x: number | undefined) => void;
}

/** Width kept free on the right for the names of the reference lines, in CSS pixels. */
const labelWidth = 76;

/** From this width on, in CSS pixels, there is room for the names; the legend has them as well. */
const wideEnough = 320;

/** Where uPlot shows no cursor. */
const offChart = { left: -10, top: -10 };

/** Distances between two marks of the x axis, which counts in whole numbers: 1, 2, 5, 10, 20, … */
const wholeIncrements = Array.from({ length: 12 }, (_, power) => 10 ** power).flatMap((ten) => [
  ten,
  2 * ten,
  5 * ten,
]);

/** A drawn chart. Made anew when its theme or the number of its curves changes. */
export class Plot {
  readonly #options: PlotOptions;
  readonly #plot: uPlot;
  readonly #curves: number;
  readonly #hasLabels: boolean;
  #data: ChartData;
  /** Points drawn → points of the data. */
  #drawn: number[] = [];
  /** Where the cursor stays on the x axis while the axis grows; undefined follows the pointer. */
  #held: number | undefined;

  constructor(data: ChartData, options: PlotOptions) {
    this.#options = options;
    this.#data = data;
    this.#curves = data.curves.length;
    this.#hasLabels = hasLabels(data, options.element);
    this.#plot = new uPlot(this.#uPlotOptions(), this.#columns(), options.element);
  }

  /** Whether `data` can be drawn without making the plot anew. */
  fits(data: ChartData): boolean {
    const labelled = hasLabels(data, this.#options.element);
    return data.curves.length === this.#curves && labelled === this.#hasLabels;
  }

  /** Draws `data` in the size that its element has now. */
  draw(data: ChartData): void {
    this.#data = data;
    const { width, height } = sizeOf(this.#options.element);
    const columns = this.#columns();
    this.#plot.batch(() => {
      if (width !== this.#plot.width || height !== this.#plot.height) {
        this.#plot.setSize({ width, height });
      }
      this.#plot.setData(columns);
    });
  }

  /** Moves the cursor to a point of the x axis and keeps it there, whatever is drawn. */
  hold(x: number): void {
    this.#held = x;
    this.#placeHeld();
  }

  /** Leaves the cursor to the pointer. */
  release(): void {
    this.#held = undefined;
  }

  /** Takes the cursor off the chart until the pointer brings it back. */
  clearCursor(): void {
    this.#held = undefined;
    this.#plot.setCursor(offChart);
  }

  #placeHeld(): void {
    if (this.#held === undefined) return;
    const { height } = this.#plot.over.getBoundingClientRect();
    const isOnAxis = nearestIndex(this.#data.x, this.#held) !== undefined;
    this.#plot.setCursor(
      isOnAxis ? { left: this.#plot.valToPos(this.#held, 'x'), top: height / 2 } : offChart,
    );
  }

  dispose(): void {
    this.#plot.destroy();
  }

  #columns(): uPlot.AlignedData {
    const { x, curves } = this.#data;
    const buckets = Math.max(100, Math.round(this.#options.element.clientWidth / 2));
    const values = curves.map((curve) => curve.values);
    this.#drawn = decimate(values, x.length, buckets);
    const pick = (column: readonly (number | null)[]): (number | null)[] =>
      this.#drawn.map((index) => finiteOrNull(column[index]));
    return [this.#drawn.map((index) => x[index] ?? 0), ...values.map(pick)];
  }

  #uPlotOptions(): uPlot.Options {
    const { theme, element, onCursor } = this.#options;
    const axis = {
      stroke: theme.text,
      font: theme.font,
      labelFont: theme.font,
      grid: { stroke: theme.grid, width: 1 },
      ticks: { stroke: theme.grid, width: 1, size: 4 },
    };
    return {
      ...sizeOf(element),
      padding: [8, this.#hasLabels ? labelWidth : 12, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false },
      scales: {
        x: { time: false, range: (_plot, min, max) => [min, max > min ? max : min + 1] },
        y: { range: () => yRange(this.#data) },
      },
      axes: [
        {
          ...axis,
          size: 30,
          label: this.#data.xLabel,
          labelSize: 18,
          incrs: wholeIncrements,
          values: (_plot, splits) => splits.map(formatCount),
        },
        {
          ...axis,
          size: 42,
          label: this.#data.yLabel,
          labelSize: 18,
          values: (_plot, splits) => splits.map(shortTick),
        },
      ],
      series: [{}, ...this.#data.curves.map((curve) => seriesOf(curve, theme))],
      hooks: {
        drawAxes: [
          (plot) => {
            drawReferences(plot, this.#data, theme, this.#hasLabels);
            drawMarks(plot, this.#data, theme);
          },
        ],
        // uPlot keeps its cursor at a pixel, which belongs to another x once the axis has grown.
        draw: [
          () => {
            this.#placeHeld();
          },
        ],
        setCursor: [
          ({ cursor }) => {
            if (this.#held !== undefined) return;
            const point = typeof cursor.idx === 'number' ? this.#drawn[cursor.idx] : undefined;
            onCursor(point === undefined ? undefined : this.#data.x[point]);
          },
        ],
      },
    };
  }
}

function seriesOf(curve: Curve, theme: ChartTheme): uPlot.Series {
  const stroke = theme.colours[curve.colour];
  return {
    label: curve.label,
    stroke,
    width: theme.lineWidth,
    dash: [...curve.dash],
    spanGaps: true,
    // A line needs two points: until it has them, its first one is a dot.
    points: {
      show: (plot, index) => curve.sparse === true || plot.data[index]?.length === 1,
      size: 6,
      fill: stroke,
      stroke,
    },
  };
}

/** In CSS pixels; a canvas has at least one. */
function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
}

/** Whether the reference lines are named where they end. */
function hasLabels({ references }: ChartData, { clientWidth }: HTMLElement): boolean {
  return references.length > 0 && clientWidth >= wideEnough;
}

/** Lines across the plot, each named beside its right end where there is room. */
function drawReferences(
  plot: uPlot,
  { references }: ChartData,
  theme: ChartTheme,
  labelled: boolean,
): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  const lines = references.map((reference) => ({
    ...reference,
    y: Math.round(plot.valToPos(reference.value, 'y', true)) + 0.5,
  }));
  const labels = spreadLabels(
    lines.map(({ y }) => y - bbox.top),
    15 * scale,
    bbox.height,
  );
  ctx.save();
  ctx.lineWidth = Math.max(1, scale);
  // Canvas fonts are in device pixels.
  ctx.font = theme.font.replace(
    /^([\d.]+)px/,
    (_, size: string) => `${Number(size) * 0.9 * scale}px`,
  );
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  lines.forEach((line, index) => {
    const labelY = bbox.top + (labels[index] ?? 0);
    const right = bbox.left + bbox.width;
    ctx.strokeStyle = theme.colours[line.colour];
    ctx.setLineDash(line.dash.map((length) => length * scale));
    ctx.beginPath();
    ctx.moveTo(bbox.left, line.y);
    ctx.lineTo(right, line.y);
    ctx.stroke();
    ctx.setLineDash([]);
    if (!labelled) return;
    ctx.beginPath();
    ctx.moveTo(right, line.y);
    ctx.lineTo(right + 6 * scale, labelY);
    ctx.stroke();
    ctx.fillStyle = theme.text;
    ctx.fillText(line.label, right + 9 * scale, labelY, (labelWidth - 10) * scale);
  });
  ctx.restore();
}

function shortTick(value: number): string {
  return `${Number(value.toPrecision(4))}`;
}

function finiteOrNull(value: number | null | undefined): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
