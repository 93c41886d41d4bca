/** @file One circuit as a heatmap over the vocabulary, with its strongest pairs as text. */
import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../../../config/counts';
import type { TokenView } from '../../../../protocol/attentionMaps';
import { Disclosure } from '../../../controls/Disclosure';
import { LinkButton } from '../../../controls/LinkButton';
import { toCsv } from '../../../heatmap/exportMap';
import { Heatmap, type MapWords } from '../../../heatmap/Heatmap';
import { SignedScale } from '../../../heatmap/SignedScale';
import type { Cell } from '../../../heatmap/weights';
import { useAttention } from '../attentionContext';
import { fileOf } from '../saveMap';
import {
  circuitPicture,
  describeCircuitCell,
  formatSigned,
  largestSize,
  strongest,
  type CircuitKind,
  type TokenMatrix,
  type TokenPair,
} from './circuitReading';

/** What is said of each circuit. */
const kinds: Readonly<Record<CircuitKind, KindWords>> = {
  queryKey: {
    title: 'QK circuit',
    meaning: 'How much a token that asks (row) is drawn to one that is found (column).',
    formula: 'E W_Q W_Kᵀ Eᵀ / √dHead',
    rows: 'asks',
    columns: 'is found',
  },
  outputValue: {
    title: 'OV circuit',
    meaning:
      'How much a token that is looked at (row) raises the logit, the score before softmax, of each token (column).',
    formula: 'E W_V W_O Uᵀ',
    rows: 'is looked at',
    columns: 'becomes likelier',
  },
};

interface KindWords {
  readonly title: string;
  readonly meaning: string;
  readonly formula: string;
  readonly rows: string;
  readonly columns: string;
}

interface CircuitFigureProps {
  readonly kind: CircuitKind;
  readonly values: Float32Array;
  readonly head: string;
  readonly tokens: readonly TokenView[];
  readonly step: number;
}

export function CircuitFigure({ kind, values, head, tokens, step }: CircuitFigureProps) {
  const { deeper, actions } = useAttention();
  const kept = deeper.circuit.cells[kind];
  const [pointed, setPointed] = useState<Cell | undefined>(undefined);
  const { title, meaning, formula, rows, columns } = kinds[kind];
  const matrix = useMemo<TokenMatrix>(
    () => ({ labels: tokens.map(({ label }) => label), values }),
    [tokens, values],
  );
  const picture = useMemo(() => circuitPicture(matrix), [matrix]);
  const words = useMemo<MapWords>(
    () => ({
      map: `${formatCount(tokens.length)} tokens against each other. ${strongestWords(kind, matrix)}`,
      cell: (cell) => describeCircuitCell(kind, matrix, cell),
    }),
    [kind, matrix, tokens],
  );
  const name = `${head}, ${title}`;
  const keep = (cell: Cell | undefined): void => {
    setPointed(undefined);
    kept.value = cell;
  };
  const save = (format: 'png' | 'svg' | 'csv'): void => {
    const full = `${name}, step ${formatCount(step)}`;
    const map = { title: full, picture, shape: 'heatmap', marked: undefined } as const;
    actions.save(async () => {
      const file = await fileOf(format, map);
      if (format !== 'csv') return file;
      // Of the numbers themselves, not of their colours.
      const weights = { ...picture.weights, values };
      const csv = toCsv({ weights, labels: picture.labels }, `${rows} \\ ${columns}`);
      return { ...file, bytes: new TextEncoder().encode(csv).buffer };
    });
  };
  return (
    <figure class="circuit" aria-label={name}>
      <figcaption>
        <h3>{name}</h3>
        <p class="panel-note">
          {meaning} <code>{formula}</code> Step {formatCount(step)}.
        </p>
      </figcaption>
      <div>
        <Heatmap
          label={name}
          picture={picture}
          words={words}
          cell={pointed ?? kept.value}
          onPoint={setPointed}
          onKeep={keep}
          onChoose={keep}
        />
        <SignedScale top={largestSize(values)} format={formatSigned} />
        <Pairs matrix={matrix} rows={rows} columns={columns} />
        <p class="large-head-save">
          Save as{' '}
          {(['png', 'svg', 'csv'] as const).map((format) => (
            <LinkButton
              key={format}
              label={format.toUpperCase()}
              onPress={() => {
                save(format);
              }}
            />
          ))}
        </p>
      </div>
    </figure>
  );
}

/** The largest number of all in a sentence. */
function strongestWords(kind: CircuitKind, matrix: TokenMatrix): string {
  const [most] = strongest(matrix, 1, 1);
  return most === undefined ? '' : `The largest: ${describeCircuitCell(kind, matrix, most)}`;
}

/** Pairs of each sign in the text. */
const shownPairs = 10;

interface PairsProps {
  readonly matrix: TokenMatrix;
  readonly rows: string;
  readonly columns: string;
}

function Pairs({ matrix, rows, columns }: PairsProps) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure summary="Strongest pairs as text" open={open} onToggle={setOpen}>
      {([1, -1] as const).map((sign) => (
        <table class="attention-table" key={sign}>
          <caption>{sign === 1 ? 'Largest above 0' : 'Largest below 0'}</caption>
          <thead>
            <tr>
              <th scope="col">{rows}</th>
              <th scope="col">{columns}</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {strongest(matrix, sign, shownPairs).map((pair) => (
              <PairRow key={`${pair.query} ${pair.key}`} pair={pair} labels={matrix.labels} />
            ))}
          </tbody>
        </table>
      ))}
    </Disclosure>
  );
}

interface PairRowProps {
  readonly pair: TokenPair;
  readonly labels: readonly string[];
}

function PairRow({ pair: { query, key, value }, labels }: PairRowProps) {
  return (
    <tr>
      <td>“{labels[query]}”</td>
      <td>“{labels[key]}”</td>
      <td>{formatSigned(value)}</td>
    </tr>
  );
}
