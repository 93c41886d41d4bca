/** @file The loss over the steps, and the newest value of everything measured. */
import { useComputed } from '@preact/signals';
import { LineChart } from '../charts/LineChart';
import { Panel } from '../controls/Panel';
import {
  bitsPerCharacter,
  formatMeasure,
  formatPerplexity,
  formatShare,
  formatSmall,
  formatSpeed,
  noValue,
} from '../format';
import { lossChart } from './lossChart';
import { usePage } from './pageContext';

export function MetricsPanel() {
  const { state } = usePage();
  const data = useComputed(() => {
    const points = state.history.points.value;
    return lossChart(points, state.facts.value?.baselines);
  });
  return (
    <Panel id="metrics" title="Loss">
      <LineChart
        label="Loss over the steps"
        data={data}
        visible={state.visible}
        format={formatMeasure}
        empty={`The loss curve starts with the first step.${state.isActive.value ? '' : ' Press Train.'}`}
      />
      <Tiles />
    </Panel>
  );
}

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly help: string;
}

function Tiles() {
  const { state } = usePage();
  const tiles = useComputed((): Tile[] => {
    return tilesOf(state);
  });
  return (
    <dl class="tiles">
      {tiles.value.map(({ label, value, help }) => (
        <div class="tile" key={label} title={help}>
          <dt>{label}</dt>
          <dd class={value === noValue ? 'tile-none' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function tilesOf({ history, facts }: ReturnType<typeof usePage>['state']): Tile[] {
  const points = history.points.value;
  const last = points.at(-1);
  const loss = points.findLast((point) => point.loss !== undefined)?.loss;
  const validation = points.findLast((point) => point.validationLoss !== undefined)?.validationLoss;
  const speed = points.findLast((point) => point.tokensPerSecond !== undefined)?.tokensPerSecond;
  const sample = history.samples.value.findLast(({ lexiconShare }) => lexiconShare !== undefined);
  const perCharacter = facts.value?.charactersPerToken;
  const judged = validation ?? loss;
  const bits =
    judged === undefined || perCharacter === undefined
      ? undefined
      : bitsPerCharacter(judged, perCharacter);
  const isStories = facts.value === undefined || facts.value.config.data.source === 'stories';
  return [
    { label: 'Loss', value: formatMeasure(loss), help: 'Of the newest batch, in nats per token.' },
    {
      label: 'Validation loss',
      value: formatMeasure(validation),
      help: 'On text the model never trained on, in nats per token.',
    },
    {
      label: 'Perplexity',
      value: formatPerplexity(judged === undefined ? undefined : Math.exp(judged)),
      help: 'e to the validation loss: among how many equally likely tokens the model still wavers.',
    },
    {
      label: 'Bits per character',
      value: formatMeasure(bits),
      help: 'The validation loss in bits, per character: comparable between tokenizers.',
    },
    {
      label: 'Learning rate',
      value: formatSmall(last?.learningRate),
      help: 'How far this step moves the weights: warm-up, then cosine decay.',
    },
    {
      label: 'Gradient norm',
      value: formatSmall(
        points.findLast((point) => point.gradientNorm !== undefined)?.gradientNorm,
      ),
      help: 'The length of the gradient before clipping.',
    },
    { label: 'Speed', value: formatSpeed(speed), help: 'Training tokens a second.' },
    ...(isStories
      ? [
          {
            label: 'Words in lexicon',
            value: formatShare(sample?.lexiconShare),
            help: 'Share of the words in the newest sample that the stories’ lexicon has.',
          },
          {
            label: 'Sentences that parse',
            value: formatShare(sample?.sentenceShare),
            help: 'Share of the sentences in the newest sample that the stories’ grammar accepts.',
          },
        ]
      : []),
  ];
}
