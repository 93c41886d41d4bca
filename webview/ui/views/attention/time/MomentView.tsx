/** @file One moment of a run: every head small, one large, what comes next, what was written. */
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../../../config/counts';
import type { Moment } from '../../../../protocol/moments';
import { LinkButton } from '../../../controls/LinkButton';
import { ColourScale } from '../../../heatmap/ColourScale';
import { Heatmap } from '../../../heatmap/Heatmap';
import { useHeatmapTheme } from '../../../heatmap/useHeatmapTheme';
import type { MapPicture } from '../../../heatmap/plot';
import { nameToken } from '../../../heatmap/reading';
import { Thumbnail } from '../../../heatmap/Thumbnail';
import { formatProbability } from '../../generation/probability';
import { useAttention } from '../attentionContext';
import { roleScore, roleWords } from '../roleNames';
import { fileOf } from '../saveMap';
import { headName, isSameHead, type OpenHead } from '../shownMaps';
import {
  cellLabels,
  guessesAt,
  headIn,
  momentWeights,
  patternOf,
  positionOf,
} from './momentReading';

interface MomentProps {
  readonly moment: Moment;
}

export function MomentView({ moment }: MomentProps) {
  const { state, deeper } = useAttention();
  const { time } = deeper;
  const head = headIn(moment, time.head.value ?? state.current.value);
  return (
    <section class="moment" aria-label={`Step ${formatCount(moment.step)}`}>
      <h3 aria-live="polite">Step {formatCount(moment.step)}</h3>
      {head !== undefined && (
        <>
          <MomentHeads moment={moment} shown={head} />
          <MomentMap moment={moment} head={head} />
        </>
      )}
      <Guesses moment={moment} />
      <h4>What it wrote</h4>
      {moment.sample === undefined ? (
        <p class="panel-note">Nothing yet.</p>
      ) : (
        <>
          <p class="panel-note">At step {formatCount(moment.sample.step)}</p>
          <p class="moment-sample">{moment.sample.text}</p>
        </>
      )}
    </section>
  );
}

function MomentHeads({ moment, shown }: MomentProps & { readonly shown: OpenHead }) {
  const { deeper } = useAttention();
  const { time } = deeper;
  const theme = useHeatmapTheme();
  const causal = useMemo(() => isCausal(moment), [moment]);
  const heads = moment.modules.flatMap(({ path, heads: count }) =>
    Array.from({ length: count }, (_, head) => ({ path, head })),
  );
  return (
    <ul class="moment-heads" aria-label="Heads at this moment">
      {heads.map((head) => {
        const scores = moment.heads.find((one) => isSameHead(one, head));
        const score = scores && roleScore(scores);
        return (
          <li key={headName(head)}>
            <button
              type="button"
              class="moment-head"
              aria-pressed={isSameHead(head, shown)}
              onClick={() => {
                time.head.value = head;
              }}
            >
              <Thumbnail
                bytes={patternOf(moment, head) ?? new Uint8Array(moment.cells ** 2)}
                side={moment.cells}
                causal={causal}
                theme={theme}
              />
              <span>{headName(head)}</span>
              {scores !== undefined && (
                <span class={score === undefined ? 'head-role' : 'head-role-clear'}>
                  {roleWords[scores.role].name} {score?.toFixed(2)}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function isCausal(moment: Moment): boolean {
  const [first] = moment.modules;
  const bytes = first && patternOf(moment, { path: first.path, head: 0 });
  return bytes !== undefined && momentWeights(bytes, moment.cells).causal;
}

function MomentMap({ moment, head }: MomentProps & { readonly head: OpenHead }) {
  const { deeper, actions } = useAttention();
  const { time } = deeper;
  const bytes = patternOf(moment, head);
  const labels = useMemo(() => cellLabels(moment), [moment]);
  const picture = useMemo<MapPicture>(() => {
    const weights = momentWeights(bytes ?? new Uint8Array(moment.cells ** 2), moment.cells);
    return { weights, labels, scale: 'map' };
  }, [bytes, labels, moment]);
  const name = `${headName(head)}, step ${formatCount(moment.step)}`;
  const keep = (cell: typeof time.cell.value): void => {
    time.cell.value = cell;
  };
  return (
    <figure class="moment-map" aria-label={name}>
      <figcaption>
        {name}
        {moment.cells < moment.tokens.length &&
          ` · a cell stands for ${formatCount(Math.ceil(moment.tokens.length / moment.cells))} tokens a side`}
      </figcaption>
      <Heatmap
        label={name}
        picture={picture}
        cell={time.cell.value}
        onPoint={(cell) => {
          if (cell !== undefined) keep(cell);
        }}
        onKeep={keep}
        onChoose={keep}
      />
      <ColourScale weights={picture.weights} scale="map" />
      <p class="large-head-save">
        Save as{' '}
        {(['png', 'svg', 'csv'] as const).map((kind) => (
          <LinkButton
            key={kind}
            label={kind.toUpperCase()}
            onPress={() => {
              const map = { title: name, picture, shape: 'heatmap', marked: undefined } as const;
              actions.save(() => fileOf(kind, map));
            }}
          />
        ))}
      </p>
    </figure>
  );
}

/** What would come after the token that is marked, or after the last one. */
function Guesses({ moment }: MomentProps) {
  const { deeper } = useAttention();
  const query = deeper.time.cell.value?.query;
  const last = moment.tokens.length - 1;
  const position = query === undefined ? last : Math.min(last, positionOf(moment, query));
  const labels = moment.tokens.map(({ label }) => label);
  const truth = labels[position + 1];
  return (
    <>
      <h4>After {nameToken(labels, position)} comes</h4>
      <ol class="moment-guesses">
        {guessesAt(moment, position).map(({ id, label, probability }) => (
          <li class="row-bar" key={id}>
            <span class="row-bar-token">{label}</span>
            <span class="row-bar-track" aria-hidden="true">
              <span
                class="row-bar-fill"
                style={{ display: 'block', width: `${Math.min(100, probability * 100)}%` }}
              />
            </span>
            <span>{formatProbability(probability)}</span>
          </li>
        ))}
      </ol>
      {truth !== undefined && <p class="panel-note">In the text it is “{truth}”.</p>}
    </>
  );
}
