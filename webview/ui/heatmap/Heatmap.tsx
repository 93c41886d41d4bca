/**
 * @file A heatmap of attention: drawn on a canvas, read by eye, by pointer, by keyboard and by
 * screen reader. Enlarged, it scrolls. It knows no model.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/Button';
import { forgetPointer, wasMoved } from '../controls/pointer';
import './heatmap.css';
import {
  cellAfter,
  cellAt,
  fittingCell,
  middleOf,
  scrollFor,
  scrollForZoom,
  zoomSteps,
  type Layout,
} from './geometry';
import { gutterFor, MapPlot, type MapPicture } from './plot';
import { describeCell, describeMap } from './reading';
import { useHeatmapTheme } from './useHeatmapTheme';
import type { Cell } from './weights';

/** What a map says that shows something else than who looks at whom. */
export interface MapWords {
  readonly map: string;
  readonly cell: (cell: Cell) => string;
}

export interface HeatmapProps {
  /** What the map shows, in a few words. */
  readonly label: string;
  readonly picture: MapPicture;
  readonly words?: MapWords;
  readonly cell: Cell | undefined;
  /** The pointer is on a cell, or has left the map. */
  readonly onPoint: (cell: Cell | undefined) => void;
  /** The keyboard or a click has gone to a cell; Escape to none. */
  readonly onKeep: (cell: Cell | undefined) => void;
  /** A click or Enter on a cell. */
  readonly onChoose: (cell: Cell) => void;
}

/** The whole map is at most as high, in CSS pixels. */
const highest = 620;

export function Heatmap(props: HeatmapProps) {
  const { label, picture, words, cell, onPoint, onKeep, onChoose } = props;
  const { weights, labels } = picture;
  const size = weights.size;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<MapPlot>(undefined);
  const beforeZoom = useRef<Layout>(undefined);
  const theme = useHeatmapTheme();
  const [width, setWidth] = useState(0);
  const [zoom, setZoom] = useState(0);

  const gutter = useMemo(() => gutterFor(labels, theme), [labels, theme]);
  const summary = useMemo(
    () => words?.map ?? describeMap(weights, labels),
    [words, weights, labels],
  );
  const fitting = fittingCell(size, Math.min(width, highest) - gutter);
  const most = zoomSteps(fitting);
  const scale = Math.min(zoom, most);
  const side = fitting * 2 ** scale;
  const seen = Math.ceil(gutter + fitting * size) + 1;
  const whole = Math.ceil(gutter + side * size) + 1;

  const layout = (): Layout => ({
    size,
    gutter,
    cell: side,
    // Without the bars that scroll it.
    width: frame.current?.clientWidth ?? seen,
    height: frame.current?.clientHeight ?? seen,
    left: frame.current?.scrollLeft ?? 0,
    top: frame.current?.scrollTop ?? 0,
  });
  const redraw = (): void => {
    if (canvas.current === null || width === 0) return;
    plot.current ??= new MapPlot(canvas.current);
    plot.current.draw(picture, theme, layout(), cell);
  };

  // The marked cell stays where it was, or else the middle of what is seen.
  useLayoutEffect(() => {
    const before = beforeZoom.current;
    beforeZoom.current = undefined;
    if (before === undefined) return;
    const offset = (axis: 'query' | 'key'): number => {
      const place = cell === undefined ? middleOf(before, axis) : cell[axis] + 0.5;
      return scrollForZoom(before, axis, place, side);
    };
    frame.current?.scrollTo({ left: offset('key'), top: offset('query') });
    if (cell !== undefined) reveal(cell);
  }, [side]);
  useLayoutEffect(redraw);

  useEffect(() => {
    const element = frame.current?.parentElement;
    if (!element) return;
    const measure = (): void => {
      setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  const reveal = (to: Cell): void => {
    frame.current?.scrollTo({
      left: scrollFor(layout(), 'key', to.key),
      top: scrollFor(layout(), 'query', to.query),
    });
  };
  const zoomTo = (next: number): void => {
    beforeZoom.current = layout();
    setZoom(next);
  };
  const pointed = (event: MouseEvent): Cell | undefined => {
    const box = frame.current?.getBoundingClientRect();
    return box && cellAt(layout(), event.clientX - box.left, event.clientY - box.top);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && cell !== undefined) onKeep(undefined);
    else if (event.key === 'Enter' && cell !== undefined) onChoose(cell);
    else if (event.key === '+') zoomTo(Math.min(most, scale + 1));
    else if (event.key === '-') zoomTo(Math.max(0, scale - 1));
    else {
      // The last token decides what comes next: the mark begins there.
      const begin: Cell = { query: size - 1, key: 0 };
      const moved = cellAfter(event.key, event.ctrlKey, cell ?? begin, size);
      if (moved === undefined) return;
      const next = cell === undefined ? begin : moved;
      onKeep(next);
      reveal(next);
    }
    event.preventDefault();
  };
  return (
    <div class="heatmap">
      <div class="heatmap-zoom">
        <Button
          label="Enlarge"
          icon="zoom-in"
          appearance="icon"
          disabled={scale >= most}
          hint={scale >= most ? 'Every token has its name already.' : undefined}
          onPress={() => {
            zoomTo(scale + 1);
          }}
        />
        <Button
          label="Reduce"
          icon="zoom-out"
          appearance="icon"
          disabled={scale === 0}
          hint={scale === 0 ? 'The whole map is seen.' : undefined}
          onPress={() => {
            zoomTo(scale - 1);
          }}
        />
      </div>
      <div class="heatmap-place">
        <div
          class={`heatmap-frame${scale > 0 ? ' heatmap-enlarged' : ''}`}
          ref={frame}
          role="application"
          aria-roledescription="heatmap"
          aria-label={`${label}. ${summary} Arrow keys move the mark, Enter selects its token, + and − zoom.`}
          tabIndex={0}
          style={{ width: `${seen}px`, height: `${seen}px` }}
          onScroll={redraw}
          onWheel={forgetPointer}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => {
            if (wasMoved(event)) onPoint(pointed(event));
          }}
          onPointerLeave={() => {
            onPoint(undefined);
          }}
          onClick={(event) => {
            const chosen = pointed(event);
            if (chosen !== undefined) onChoose(chosen);
          }}
        >
          <div class="heatmap-space" style={{ width: `${whole}px`, height: `${whole}px` }}>
            <canvas class="heatmap-canvas" ref={canvas} aria-hidden="true" />
          </div>
        </div>
      </div>
      <p class="heatmap-reading" role="status">
        {cell === undefined
          ? 'Point at a cell, or move with the arrow keys, to read it.'
          : (words?.cell(cell) ?? describeCell(weights, labels, cell))}
      </p>
    </div>
  );
}
