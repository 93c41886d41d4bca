/**
 * @file A line chart: drawn by uPlot, read by eye, by keyboard and by screen reader. It draws at
 * most once a frame, and not at all while nobody sees it.
 */
import { signal, useComputed, useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { formatCount } from '../../config/counts';
import { describeChart, describePoint, nearestIndex, tableRows, type ChartData } from './curves';
import { keyTarget } from './keyTarget';
import { Legend } from './Legend';
import { MarkList } from './MarkList';
import { Plot } from './plot';
import { onThemeChange, readChartTheme } from './theme';

export interface LineChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly data: ReadonlySignal<ChartData>;
  /** Nothing is drawn while this is false; it catches up when it turns true. */
  readonly visible: ReadonlySignal<boolean>;
  readonly format: (value: number) => string;
  /** What stands in the chart's place before its first point. */
  readonly empty: string;
}

export function LineChart({ label, data, visible, format, empty }: LineChartProps) {
  // On the x axis, since the indices of its points change while the data grow.
  const [cursor] = useState(() => signal<number | undefined>(undefined));
  // What is shown: the data, as long as somebody looks.
  const shown = useRef(data.peek());
  const current = useComputed(() => {
    if (visible.value) shown.current = data.value;
    return shown.current;
  });
  const { x } = current.value;
  const points = x.length;
  const index = cursor.value === undefined ? undefined : nearestIndex(x, cursor.value);
  return (
    <figure class="chart" aria-label={label}>
      {points === 0 ? (
        <p class="chart-empty">{empty}</p>
      ) : (
        <>
          <Legend data={current.value} cursor={index} format={format} />
          <Canvas label={label} data={current} cursor={cursor} format={format} />
          <MarkList data={current.value} />
          <ChartTable data={current} label={label} format={format} />
        </>
      )}
    </figure>
  );
}

interface CanvasProps {
  readonly label: string;
  readonly data: ReadonlySignal<ChartData>;
  readonly cursor: ReturnType<typeof signal<number | undefined>>;
  readonly format: (value: number) => string;
}

function Canvas({ label, data, cursor, format }: CanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(undefined);
  // What the keyboard chose stays until it lets go or the pointer chooses.
  const held = useRef<number>(undefined);
  const [frame] = useState(frameScheduler);

  const redraw = (remake: boolean): void => {
    const host = element.current;
    if (host === null) return;
    const next = data.peek();
    if (!remake && plot.current?.fits(next) === true) {
      plot.current.draw(next);
      return;
    }
    plot.current?.dispose();
    const onCursor = (x: number | undefined): void => {
      cursor.value = x;
    };
    const theme = readChartTheme();
    plot.current = new Plot(next, { element: host, theme, onCursor });
    if (held.current !== undefined) plot.current.hold(held.current);
  };

  useEffect(() => {
    const host = element.current;
    if (host === null) return;
    redraw(true);
    const stopTheme = onThemeChange(() => {
      redraw(true);
    });
    const observer = new ResizeObserver(() => {
      frame.schedule(redraw);
    });
    observer.observe(host);
    return () => {
      stopTheme();
      observer.disconnect();
      frame.cancel();
      plot.current?.dispose();
      plot.current = undefined;
    };
  }, []);

  useSignalEffect(() => {
    if (data.value.x.length > 0) frame.schedule(redraw);
  });

  const clear = (): void => {
    held.current = undefined;
    cursor.value = undefined;
    plot.current?.clearCursor();
  };

  const { x, xLabel } = data.value;
  const index = pointAt(x, cursor.value);
  return (
    <div
      class="chart-canvas"
      ref={element}
      role="slider"
      tabIndex={0}
      aria-label={`${label}: ${xLabel} under the cursor`}
      aria-valuemin={x[0] ?? 0}
      aria-valuemax={x.at(-1) ?? 0}
      aria-valuenow={x[index] ?? 0}
      aria-valuetext={describePoint(data.value, index, format)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && cursor.peek() !== undefined) {
          event.preventDefault();
          clear();
          return;
        }
        const now = data.peek().x;
        const target = keyTarget(event.key, pointAt(now, cursor.peek()), now.length);
        const chosen = target === undefined ? undefined : now[target];
        if (chosen === undefined) return;
        event.preventDefault();
        held.current = chosen;
        cursor.value = chosen;
        plot.current?.hold(chosen);
      }}
      onPointerMove={() => {
        held.current = undefined;
        plot.current?.release();
      }}
      onBlur={() => {
        if (held.current !== undefined) clear();
      }}
    />
  );
}

/** Index of the point under the cursor, or of the latest. */
function pointAt(x: readonly number[], cursor: number | undefined): number {
  return (cursor === undefined ? undefined : nearestIndex(x, cursor)) ?? x.length - 1;
}

/** The chart as a table of some of its points, for screen readers. */
function ChartTable({ data, label, format }: Pick<CanvasProps, 'data' | 'label' | 'format'>) {
  const { x, xLabel, curves } = data.value;
  return (
    <div class="visually-hidden">
      <p>{describeChart(data.value, format)}</p>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{xLabel}</th>
            {curves.map((curve) => (
              <th key={curve.label} scope="col">
                {curve.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(x.length, 12).map((index) => (
            <tr key={index}>
              <th scope="row">{formatCount(x[index] ?? 0)}</th>
              {curves.map((curve) => {
                const value = curve.values[index] ?? null;
                return <td key={curve.label}>{value === null ? '' : format(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Runs `work` once at the next frame, however often it was asked for. */
function frameScheduler() {
  let pending: number | undefined;
  return {
    schedule(work: (remake: boolean) => void): void {
      pending ??= requestAnimationFrame(() => {
        pending = undefined;
        work(false);
      });
    },
    cancel(): void {
      if (pending !== undefined) cancelAnimationFrame(pending);
      pending = undefined;
    },
  };
}
