/** @file The vertical lines of a chart, drawn into its plot. Knows no components. */
import type uPlot from 'uplot';
import type { ChartData } from './curves';
import type { ChartTheme } from './theme';

/** CSS pixels from the number of one mark to that of the next. */
const numberSpacing = 18;

/** Draws what happened as numbered lines, and the point that all is about as a solid one. */
export function drawMarks(plot: uPlot, { marks = [], now }: ChartData, theme: ChartTheme): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = Math.max(1, scale);
  ctx.font = theme.font.replace(
    /^([\d.]+)px/,
    (_, size: string) => `${Number(size) * 0.85 * scale}px`,
  );
  ctx.textBaseline = 'top';
  const line = (x: number): number | undefined => {
    const at = Math.round(plot.valToPos(x, 'x', true)) + 0.5;
    if (at < bbox.left || at > bbox.left + bbox.width + 1) return undefined;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    return at;
  };
  ctx.strokeStyle = theme.colours.green;
  ctx.fillStyle = theme.text;
  ctx.setLineDash([3 * scale, 3 * scale]);
  let free = -Infinity;
  marks.forEach(({ x }, index) => {
    const at = line(x);
    // A number that has no room is found in the list.
    if (at === undefined || at < free) return;
    const isAtEdge = at > bbox.left + bbox.width - numberSpacing * scale;
    ctx.textAlign = isAtEdge ? 'right' : 'left';
    ctx.fillText(String(index + 1), at + (isAtEdge ? -3 : 3) * scale, bbox.top + 2 * scale);
    free = at + numberSpacing * scale;
  });
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.text;
  ctx.lineWidth = Math.max(2, 2 * scale);
  if (now !== undefined) line(now);
  ctx.restore();
}
