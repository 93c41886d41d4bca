/** @file The open heads, large: as heatmaps or as lines, with what the mark says beside them. */
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../../config/counts';
import { LinkButton } from '../../controls/LinkButton';
import { ColourScale } from '../../heatmap/ColourScale';
import { Heatmap } from '../../heatmap/Heatmap';
import type { DrawnRange } from '../../heatmap/lines';
import { LinesView } from '../../heatmap/LinesView';
import type { MapPicture } from '../../heatmap/plot';
import { describeRow } from '../../heatmap/reading';
import { RowBars } from '../../heatmap/RowBars';
import type { Cell } from '../../heatmap/weights';
import { AsText } from './AsText';
import { useAttention } from './attentionContext';
import { fileOf } from './saveMap';
import { headName, isSameHead, selectionOf, type ShownMap } from './shownMaps';
import './largeHead.css';

export function LargeHeads() {
  const { state } = useAttention();
  const maps = state.maps.value?.maps ?? [];
  // A head that was opened a moment ago has no map yet; one that was closed has one still.
  const open = state.open.value.flatMap((head) => maps.filter((map) => isSameHead(map, head)));
  const pictured = state.pictured.value;
  // One for all heads, so that they can be compared; another text begins anew.
  const range = useMemo<DrawnRange>(() => ({ current: undefined }), [pictured]);
  return (
    <div class={`large-heads${open.length > 1 ? ' large-heads-several' : ''}`}>
      {open.map((map) => (
        <LargeHead key={headName(map)} map={map} range={range} />
      ))}
    </div>
  );
}

interface LargeHeadProps {
  readonly map: ShownMap;
  readonly range: DrawnRange;
}

function LargeHead({ map, range }: LargeHeadProps) {
  const { state, actions } = useAttention();
  const { weights } = map;
  const labels = state.maps.value?.labels ?? [];
  const step = state.maps.value?.step ?? 0;
  const scale = state.scale.value;
  const shape = state.shape.value;
  const cell = state.cell.value;
  const name = headName(map);
  const picture = useMemo<MapPicture>(() => ({ weights, labels, scale }), [weights, labels, scale]);
  const keep = (to: Cell | undefined): void => {
    // A pointer that rests on the map does not hold the mark back.
    state.pointed.value = undefined;
    state.kept.value = to;
  };
  const choose = (to: Cell): void => {
    keep(to);
    actions.select(selectionOf(map, to.query));
  };
  const point = (to: Cell | undefined): void => {
    state.pointed.value = to;
  };
  const shared = { label: name, cell, onPoint: point, onKeep: keep, onChoose: choose };
  return (
    <figure class="large-head" aria-label={name}>
      <figcaption class="large-head-title">
        <h3>{name}</h3>
        <HeadLinks map={map} />
      </figcaption>
      <div class="large-head-body">
        <div class="large-head-picture">
          {shape === 'heatmap' ? (
            <>
              <Heatmap {...shared} picture={picture} />
              <ColourScale weights={weights} scale={scale} />
            </>
          ) : (
            <LinesView
              {...shared}
              kept={state.kept.value}
              range={range}
              weights={weights}
              labels={labels}
            />
          )}
        </div>
        <div class="large-head-beside">
          <RowBars weights={weights} labels={labels} cell={cell} />
          <p class="visually-hidden" role="status">
            {state.kept.value === undefined
              ? ''
              : describeRow(weights, labels, state.kept.value.query)}
          </p>
          <AsText map={map} labels={labels} />
          <p class="large-head-save">
            Save as{' '}
            {(['png', 'svg', 'csv'] as const).map((kind) => (
              <LinkButton
                key={kind}
                label={kind.toUpperCase()}
                onPress={() => {
                  const title = `${name}, step ${formatCount(step)}`;
                  const marked = state.kept.peek()?.query;
                  actions.save(() => fileOf(kind, { title, picture, shape, marked }));
                }}
              />
            ))}
          </p>
        </div>
      </div>
    </figure>
  );
}

function HeadLinks({ map }: { readonly map: ShownMap }) {
  const { state, actions } = useAttention();
  const { path } = map;
  return (
    <span class="large-head-links">
      <LinkButton
        label="Go to Source"
        onPress={() => {
          actions.goToSource(path);
        }}
      />
      <LinkButton
        label="What is this?"
        onPress={() => {
          actions.showExplanation(path);
        }}
      />
      {state.open.value.length > 1 && (
        <LinkButton
          label="Close"
          next={['large']}
          onPress={() => {
            actions.toggle(map);
          }}
        />
      )}
    </span>
  );
}
