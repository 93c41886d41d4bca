/** @file A map as text: its strongest pairs, and the row of the mark, in tables. */
import { useState } from 'preact/hooks';
import { Disclosure } from '../../controls/Disclosure';
import { describeMap, formatWeight, nameToken } from '../../heatmap/reading';
import { strongestPairs, topKeys, type Weights } from '../../heatmap/weights';
import { useAttention } from './attentionContext';
import { headName, type ShownMap } from './shownMaps';

interface AsTextProps {
  readonly map: ShownMap;
  readonly labels: readonly string[];
}

/** Rows of a table. */
const shownPairs = 20;

export function AsText({ map, labels }: AsTextProps) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure summary="As text" open={open} onToggle={setOpen}>
      <Tables map={map} labels={labels} />
    </Disclosure>
  );
}

function Tables({ map, labels }: AsTextProps) {
  const { state } = useAttention();
  const { weights } = map;
  const query = state.kept.value?.query ?? weights.size - 1;
  return (
    <div class="as-text">
      <p>{describeMap(weights, labels)}</p>
      <PairTable
        caption={`Largest weights of ${headName(map)}`}
        pairs={strongestPairs(weights, shownPairs)}
        labels={labels}
      />
      <PairTable
        caption={`Where ${nameToken(labels, query)} looks`}
        pairs={rowOf(weights, query)}
        labels={labels}
      />
    </div>
  );
}

type Pairs = ReturnType<typeof strongestPairs>;

function rowOf(weights: Weights, query: number): Pairs {
  return topKeys(weights, query, shownPairs).map((key) => ({ query, ...key }));
}

interface PairTableProps {
  readonly caption: string;
  readonly pairs: Pairs;
  readonly labels: readonly string[];
}

function PairTable({ caption, pairs, labels }: PairTableProps) {
  return (
    <table class="attention-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">looks</th>
          <th scope="col">is looked at</th>
          <th scope="col">weight</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ query, key, weight }) => (
          <tr key={`${query} ${key}`}>
            <td>{nameToken(labels, query)}</td>
            <td>{nameToken(labels, key)}</td>
            <td>{formatWeight(weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
