/**
 * @file The lens as a table: a row a token, a column a layer. It is its own text; one of its cells
 * is reached by Tab, the others by arrow keys.
 */
import { useMemo, useRef } from 'preact/hooks';
import { formatCount } from '../../../../config/counts';
import type { LogitLens } from '../../../../protocol/logitLens';
import { Button } from '../../../controls/Button';
import { wasMoved } from '../../../controls/pointer';
import { formatProbability } from '../../generation/probability';
import { useAttention } from '../attentionContext';
import { depthName, lensReader, type LensCell, type LensPlace } from './lensReading';
import { shownTokens } from './lensState';

export function LensTable({ lens }: { readonly lens: LogitLens }) {
  const { deeper } = useAttention();
  const { kept, pointed, from } = deeper.lens;
  const table = useRef<HTMLTableElement>(null);
  const read = useMemo(() => lensReader(lens), [lens]);
  const first = from.value;
  const positions = lens.tokens.slice(first, first + shownTokens).map((_, at) => first + at);
  const reached = kept.value ?? { depth: 0, position: first };
  const go = (place: LensPlace): void => {
    kept.value = place;
    table.current?.querySelector<HTMLElement>(`#${cellId(place)}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && kept.peek() !== undefined) {
      pointed.value = undefined;
      kept.value = undefined;
    } else {
      const place = placeAfter(event, reached, lens.depths.length, positions);
      if (place === undefined) return;
      go(place);
    }
    event.preventDefault();
  };
  return (
    <>
      <div
        class="lens-scroll"
        onPointerLeave={() => {
          pointed.value = undefined;
        }}
      >
        <table
          class="lens-table"
          role="grid"
          aria-label="Logit lens"
          ref={table}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr role="row">
              <th scope="col" role="columnheader">
                token
              </th>
              {lens.depths.map((path, depth) => (
                <th scope="col" role="columnheader" key={path} title={path}>
                  {depthName(lens, depth)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <tr role="row" key={position}>
                <th scope="row" role="rowheader">
                  {lens.tokens[position]?.label}
                  <span class="lens-next">
                    <span class="visually-hidden"> is followed by </span>
                    <span aria-hidden="true"> → </span>
                    {lens.tokens[position + 1]?.label ?? '?'}
                  </span>
                </th>
                {lens.depths.map((path, depth) => (
                  <Cell
                    key={path}
                    place={{ depth, position }}
                    cell={read({ depth, position })}
                    reachable={depth === reached.depth && position === reached.position}
                    marked={isSamePlace(kept.value, { depth, position })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lens.tokens.length > shownTokens && <Paging length={lens.tokens.length} />}
    </>
  );
}

interface CellProps {
  readonly place: LensPlace;
  readonly cell: LensCell;
  readonly reachable: boolean;
  readonly marked: boolean;
}

function Cell({ place, cell, reachable, marked }: CellProps) {
  const { deeper } = useAttention();
  const { kept, pointed } = deeper.lens;
  const [first] = cell.top;
  const share = Math.round(45 * Math.min(1, Math.max(0, first?.probability ?? 0)));
  const keep = (): void => {
    // A pointer that rests on another cell does not hold the reading back.
    pointed.value = undefined;
    kept.value = place;
  };
  return (
    <td
      id={cellId(place)}
      role="gridcell"
      class={`lens-cell${cell.isRight ? ' lens-right' : ''}`}
      aria-selected={marked}
      tabIndex={reachable ? 0 : -1}
      style={{
        background: `color-mix(in srgb, var(--vscode-charts-blue) ${share}%, transparent)`,
      }}
      onFocus={keep}
      onClick={keep}
      onPointerMove={(event) => {
        if (wasMoved(event) && !isSamePlace(pointed.peek(), place)) pointed.value = place;
      }}
    >
      <span class="lens-token">{first?.label}</span>{' '}
      {cell.isRight && (
        <>
          <span aria-hidden="true">✓</span>
          <span class="visually-hidden"> right, </span>
        </>
      )}
      <span class="lens-share">{formatProbability(first?.probability ?? NaN)}</span>
    </td>
  );
}

function Paging({ length }: { readonly length: number }) {
  const { deeper } = useAttention();
  const { from, kept } = deeper.lens;
  const first = from.value;
  const last = Math.min(length, first + shownTokens) - 1;
  const go = (to: number): void => {
    kept.value = undefined;
    from.value = to;
  };
  return (
    <div class="lens-paging">
      <Button
        label="Earlier Tokens"
        disabled={first === 0}
        onPress={() => {
          go(Math.max(0, first - shownTokens));
        }}
      />
      <Button
        label="Later Tokens"
        disabled={last === length - 1}
        onPress={() => {
          go(first + shownTokens);
        }}
      />
      <span class="panel-note" role="status">
        Tokens {formatCount(first)} to {formatCount(last)} of {formatCount(length)}
      </span>
    </div>
  );
}

function cellId({ depth, position }: LensPlace): string {
  return `lens-${depth}-${position}`;
}

function isSamePlace(a: LensPlace | undefined, b: LensPlace): boolean {
  return a?.depth === b.depth && a.position === b.position;
}

/** Where a key leads from a cell. */
function placeAfter(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  { depth, position }: LensPlace,
  depths: number,
  positions: readonly number[],
): LensPlace | undefined {
  const first = positions[0] ?? 0;
  const last = positions.at(-1) ?? 0;
  const within = (to: number, from: number, end: number): number =>
    Math.min(end, Math.max(from, to));
  const at = (toDepth: number, toPosition: number): LensPlace => ({
    depth: within(toDepth, 0, depths - 1),
    position: within(toPosition, first, last),
  });
  const moves: Readonly<Record<string, LensPlace>> = {
    ArrowLeft: at(depth - 1, position),
    ArrowRight: at(depth + 1, position),
    ArrowUp: at(depth, position - 1),
    ArrowDown: at(depth, position + 1),
    PageUp: at(depth, position - 8),
    PageDown: at(depth, position + 8),
    Home: at(0, ctrlKey ? first : position),
    End: at(depths - 1, ctrlKey ? last : position),
  };
  return moves[key];
}
