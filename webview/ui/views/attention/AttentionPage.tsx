/**
 * @file The attention page: the text, all heads small, some of them large, what each does, and one
 * token followed through one of them.
 */
import { formatCount } from '../../../config/counts';
import { Banner } from '../../controls/Banner';
import { Button } from '../../controls/Button';
import { Dropdown } from '../../controls/Dropdown';
import { LinkButton } from '../../controls/LinkButton';
import { Panel } from '../../controls/Panel';
import type { ScaleChoice } from '../../heatmap/weights';
import { useAttention } from './attentionContext';
import type { MapShape } from './attentionState';
import { CircuitPanel } from './circuit/CircuitPanel';
import { FollowPanel } from './FollowPanel';
import { HeadGrid } from './HeadGrid';
import { LargeHeads } from './LargeHeads';
import { LensPanel } from './lens/LensPanel';
import { noSuchWindow } from './batchWindow';
import { LookedTextPanel } from './LookedTextPanel';
import { NothingToSee } from './NothingToSee';
import { RolesPanel } from './RolesPanel';
import { TimePanel } from './time/TimePanel';
import { WhatIfPanel } from './whatIf/WhatIfPanel';

/** Id of all below the header: where the focus goes when what had it vanishes. */
export const attentionId = 'attention';

export function AttentionPage() {
  const { state } = useAttention();
  const problems = isSaidAtField(state) ? [state.problem] : [state.problem, state.failure];
  const hasRun = state.view.value?.run !== undefined || state.maps.value !== undefined;
  return (
    <>
      <Header />
      <div class="visually-hidden" role="status" aria-live="polite">
        {state.announcement.value}
      </div>
      <main id={attentionId} class="attention">
        {problems.map(
          (shown, index) =>
            shown.value !== undefined && (
              <Banner
                key={index}
                severity="error"
                message={shown.value.message}
                remedy={shown.value.remedy}
                onDismiss={() => {
                  shown.value = undefined;
                }}
              />
            ),
        )}
        {hasRun && <LookedTextPanel />}
        <NothingToSee />
        {state.isPictured.value && state.maps.value?.modules.length !== 0 && <Pictures />}
      </main>
    </>
  );
}

/** Of a text that was typed, and of a window, the field says why it cannot be looked at. */
function isSaidAtField({ source, failure }: ReturnType<typeof useAttention>['state']): boolean {
  if (source.value === 'typed') return true;
  return source.value === 'batch' && failure.value?.code === noSuchWindow;
}

function Pictures() {
  return (
    <>
      <div class="attention-pictures">
        <Panel id="heads" title="All heads">
          <p class="panel-note">
            Rows look, columns are looked at. In each picture the strongest colour is its own
            largest weight. Choose one to see it large. Layers, heads and tokens are counted from 0,
            as in the source.
          </p>
          <HeadGrid />
        </Panel>
        <Panel id="large" title="Attention" actions={<PictureChoices />}>
          <NotImportance />
          <LargeHeads />
        </Panel>
      </div>
      <div class="attention-deeper">
        <FollowPanel />
        <RolesPanel />
        <WhatIfPanel />
        <LensPanel />
        <TimePanel />
        <CircuitPanel />
      </div>
    </>
  );
}

/** Beside every picture: the mistake that pictures of attention are famous for. */
function NotImportance() {
  const { actions } = useAttention();
  return (
    <p class="not-importance">
      <strong>Attention weight is not importance.</strong> A head can look hard at a token and take
      over a value that changes nothing. Test it: silence the head and see what the loss does.{' '}
      <LinkButton label="Silence each head in turn" onPress={actions.silenceHeads} />
    </p>
  );
}

const shapes: Readonly<Record<MapShape, string>> = { heatmap: 'Heatmap', lines: 'Lines' };

const scales: Readonly<Record<ScaleChoice, string>> = {
  map: 'Whole map',
  row: 'Each row',
};

function PictureChoices() {
  const { state } = useAttention();
  return (
    <div class="picture-choices">
      <Dropdown
        id="picture-shape"
        label="Drawn as"
        layout="beside"
        value={state.shape.value}
        options={shapes}
        onChange={(shape) => {
          state.shape.value = shape;
        }}
      />
      {state.shape.value === 'heatmap' && (
        <Dropdown
          id="picture-scale"
          label="Scaled to"
          layout="beside"
          value={state.scale.value}
          options={scales}
          onChange={(scale) => {
            state.scale.value = scale;
          }}
        />
      )}
    </div>
  );
}

function Header() {
  const { state, actions } = useAttention();
  const { run, phase } = state.view.value ?? {};
  const live = state.live.value;
  return (
    <header class="attention-header">
      <h1>
        Attention
        {run !== undefined && <span class="attention-run"> {run.name}</span>}
      </h1>
      <p class="attention-age">{age(state)}</p>
      {run !== undefined && (
        <span class="attention-header-buttons">
          <Button
            label={live ? 'Hold the Picture' : 'Follow the Training'}
            icon={live ? 'debug-pause' : 'debug-continue'}
            disabled={phase !== 'training'}
            hint={
              phase === 'training'
                ? undefined
                : 'Nothing is trained now: the picture is of the newest weights.'
            }
            onPress={() => {
              state.live.value = !live;
            }}
          />
          <Button label="Playground" onPress={actions.openPlayground} />
        </span>
      )}
    </header>
  );
}

/** Of which weights the picture is. */
function age({
  maps,
  isPictured,
  view,
  isAsking,
}: ReturnType<typeof useAttention>['state']): string {
  const shown = isPictured.value ? maps.value : undefined;
  if (shown === undefined) return isAsking.value ? 'Looking …' : '';
  const now = view.value?.run?.step;
  const behind = now === undefined ? 0 : now - shown.step;
  const since = behind > 0 ? `, ${formatCount(behind)} steps ago` : '';
  return `Step ${formatCount(shown.step)}${since}${isAsking.value ? ' · looking …' : ''}`;
}
