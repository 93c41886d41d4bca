/**
 * @file All heads of all layers as small pictures, with what each does and what it costs to silence
 * it. One of them has the focus; Enter opens it large.
 */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { HeatmapTheme } from '../../heatmap/heatmapTheme';
import { useHeatmapTheme } from '../../heatmap/useHeatmapTheme';
import { Thumbnail } from '../../heatmap/Thumbnail';
import type { HeadChoice } from '../../../protocol/attentionMaps';
import { useAttention } from './attentionContext';
import { formatChange, roleScore, roleWords, scoresOf } from './roleNames';
import { choiceName, isSameHead, layerName, type OpenHead } from './shownMaps';
import { thumbnailsOf } from './thumbnails';
import './headGrid.css';

export function HeadGrid() {
  const { state } = useAttention();
  const maps = state.maps.value;
  const grid = useRef<HTMLDivElement>(null);
  const theme = useHeatmapTheme();
  const [place, setPlace] = useState<readonly [number, number]>([0, 0]);
  const rows = useMemo(() => (maps === undefined ? [] : thumbnailsOf(maps)), [maps]);
  if (maps === undefined) return null;
  const row = Math.min(place[0], rows.length - 1);
  const column = Math.min(place[1], (rows[row]?.cells.length ?? 1) - 1);
  const goTo = (toRow: number, toColumn: number): void => {
    const target = Math.min(rows.length - 1, Math.max(0, toRow));
    const last = (rows[target]?.cells.length ?? 1) - 1;
    const next = [target, Math.min(last, Math.max(0, toColumn))] as const;
    setPlace(next);
    grid.current?.querySelector<HTMLElement>(`#${cellId(...next)}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? rows.length - 1 : row, Infinity],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    goTo(...move);
  };
  return (
    <div
      class={`head-grid${rows.length * (rows[0]?.cells.length ?? 0) > 24 ? ' head-grid-dense' : ''}`}
      role="grid"
      aria-label="Heads, a row a layer"
      aria-multiselectable="true"
      ref={grid}
      onKeyDown={onKeyDown}
    >
      {rows.map(({ path, cells }, index) => (
        <div class="head-row" role="row" key={path}>
          <div class="head-layer" role="rowheader" title={path}>
            {layerName(path)}
          </div>
          <div class="head-cells" role="presentation">
            {cells.map(({ head, bytes }, at) => (
              <HeadCell
                key={head}
                id={cellId(index, at)}
                head={{ path, head }}
                bytes={bytes}
                theme={theme}
                reachable={index === row && at === column}
                onFocus={() => {
                  setPlace([index, at]);
                }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

interface HeadCellProps {
  readonly id: string;
  readonly head: OpenHead;
  readonly bytes: Uint8Array;
  readonly theme: HeatmapTheme;
  readonly reachable: boolean;
  readonly onFocus: () => void;
}

function HeadCell({ id, head, bytes, theme, reachable, onFocus }: HeadCellProps) {
  const { state, actions } = useAttention();
  const maps = state.maps.value;
  const isOpen = state.open.value.some((one) => isSameHead(one, head));
  const choose = (): void => {
    actions.toggle(head);
  };
  if (maps === undefined) return null;
  return (
    <div
      id={id}
      class={`head-cell${isOpen ? ' head-open' : ''}`}
      role="gridcell"
      aria-selected={isOpen}
      tabIndex={reachable ? 0 : -1}
      onFocus={onFocus}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
    >
      <Thumbnail bytes={bytes} side={maps.thumbnail} causal={maps.causal} theme={theme} />
      <HeadCaption head={head} />
    </div>
  );
}

function HeadCaption({ head }: { readonly head: OpenHead }) {
  const { state } = useAttention();
  const scores = scoresOf(state.roles.value, head);
  const silenced = scoresOf(state.silencing.value, head)?.silenced;
  return (
    <span class="head-caption">
      <span class="head-name">
        <span class="visually-hidden">{layerName(head.path)}, </span>
        {shortName(head.head)}
      </span>
      {scores !== undefined && (
        <span class={`head-role${scores.role === 'mixed' ? '' : ' head-role-clear'}`}>
          {roleWords[scores.role].name} {roleScore(scores)?.toFixed(2)}
        </span>
      )}
      {silenced !== undefined && (
        <span class="head-silenced" title="Change of the loss when this head is silenced, in nats">
          <span class="visually-hidden">loss when silenced </span>
          <span aria-hidden="true">off: </span>
          {formatChange(silenced)}
        </span>
      )}
    </span>
  );
}

function shortName(head: HeadChoice): string {
  if (typeof head === 'number') return choiceName(head);
  return head === 'mean' ? 'Mean' : 'Maximum';
}

function cellId(row: number, column: number): string {
  return `head-${row}-${column}`;
}
