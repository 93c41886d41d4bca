/**
 * @file Attention as lines: the tokens that are looked at on the left, those that look on the
 * right. An alternative to the heatmap for short texts.
 */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { wasMoved } from '../controls/pointer';
import './lines.css';
import { linesOf, linesRange, type DrawnRange } from './lines';
import { describeRow, nameToken, shortLabel } from './reading';
import type { Cell, Weights } from './weights';

interface LinesViewProps {
  readonly label: string;
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly cell: Cell | undefined;
  /** Where the keyboard or a click has put the mark: it is among the tokens that are drawn. */
  readonly kept: Cell | undefined;
  /** The tokens that were drawn last, here or in a picture beside this one. */
  readonly range: DrawnRange;
  readonly onPoint: (cell: Cell | undefined) => void;
  readonly onKeep: (cell: Cell | undefined) => void;
  readonly onChoose: (cell: Cell) => void;
}

/** Tokens that are shown at once: more are no picture any more. */
const mostTokens = 64;

/** CSS pixels of a line of text. */
const rowHeight = 20;

/** CSS pixels of the widest picture: longer lines say no more. */
const widest = 520;

export function LinesView(props: LinesViewProps) {
  const { label, weights, labels, cell, kept, range, onPoint, onKeep, onChoose } = props;
  const { size } = weights;
  const [first, end] = linesRange(size, mostTokens, kept?.query, range.current);
  range.current = [first, end];
  const lines = linesOf(weights, [first, end], cell?.query);
  const tokens = Array.from({ length: end - first }, (_, index) => first + index);
  const place = useRef<HTMLDivElement>(null);
  const width = Math.min(widest, useWidth(place));
  const columnWidth = width < 400 ? 84 : 110;
  const between = Math.max(60, width - 2 * columnWidth);
  const height = tokens.length * rowHeight;
  const y = (index: number): number => (index - first + 0.5) * rowHeight;
  const queries = useRef<SVGGElement>(null);
  const moved = useRef(false);
  const reachable = cell?.query ?? end - 1;
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    queries.current?.querySelector<SVGElement>('[tabindex="0"]')?.focus();
  }, [reachable]);
  const moveTo = (query: number): void => {
    moved.current = true;
    onKeep({ query, key: query });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: reachable - 1,
      ArrowDown: reachable + 1,
      Home: 0,
      End: size - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) moveTo(Math.min(size - 1, Math.max(0, target)));
    else if (event.key === 'Enter') onChoose({ query: reachable, key: reachable });
    else if (event.key === 'Escape' && cell !== undefined) onKeep(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div class="lines" ref={place}>
      {end - first < size && (
        <p class="lines-part">
          Tokens {first} to {end - 1} of {size}. Arrow keys lead to the others.
        </p>
      )}
      <svg
        class="lines-picture"
        viewBox={`0 -20 ${width} ${height + 20}`}
        width={width}
        height={height + 20}
        role="group"
        aria-label={`${label} as lines`}
        onPointerLeave={() => {
          onPoint(undefined);
        }}
      >
        <g class="lines-heads" aria-hidden="true">
          <text x={columnWidth - 8} y={-8} text-anchor="end">
            is looked at
          </text>
          <text x={columnWidth + between + 8} y={-8}>
            looks
          </text>
        </g>
        <g aria-hidden="true">
          {lines.map(({ query, key, weight, isMarked }) => (
            <line
              key={`${query} ${key}`}
              class={isMarked ? 'lines-line' : 'lines-line lines-other'}
              x1={columnWidth}
              y1={y(key)}
              x2={columnWidth + between}
              y2={y(query)}
              stroke-width={Math.max(0.6, 3 * weight)}
              stroke-opacity={isMarked ? Math.min(1, 0.15 + weight) : 0.12 * weight}
            />
          ))}
        </g>
        <g aria-hidden="true">
          {tokens.map((index) => (
            <text
              key={index}
              class="lines-token"
              x={columnWidth - 8}
              y={y(index)}
              text-anchor="end"
              dominant-baseline="central"
            >
              {shortLabel(labels[index] ?? '')}
            </text>
          ))}
        </g>
        <g
          ref={queries}
          role="listbox"
          aria-label={`${label}: tokens that look, up and down`}
          onKeyDown={onKeyDown}
        >
          {tokens.map((index) => (
            <g
              key={index}
              role="option"
              class={`lines-query${index === cell?.query ? ' lines-marked' : ''}`}
              aria-selected={index === cell?.query}
              aria-label={describeRow(weights, labels, index)}
              tabindex={index === reachable ? 0 : -1}
              onPointerMove={(event) => {
                if (!wasMoved(event) || index === cell?.query) return;
                onPoint({ query: index, key: index });
              }}
              onClick={() => {
                onChoose({ query: index, key: index });
              }}
            >
              <title>{nameToken(labels, index)}</title>
              <rect
                class="lines-box"
                x={columnWidth + between}
                y={y(index) - rowHeight / 2 + 1}
                width={columnWidth}
                height={rowHeight - 2}
              />
              <text x={columnWidth + between + 8} y={y(index)} dominant-baseline="central">
                {shortLabel(labels[index] ?? '')}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** The width of an element, in CSS pixels. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(widest);
  useLayoutEffect(() => {
    const host = element.current;
    if (host === null) return;
    const measure = (): void => {
      setWidth(host.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => {
      observer.disconnect();
    };
  }, []);
  return width;
}
