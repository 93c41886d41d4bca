/** @file The newest numbers of the place that is selected: of its value and of its gradient. */
import type { Statistics } from '../../config/statistics';
import type { SeenNumbers, SelectedView } from '../../protocol/selectedView';
import { Icon } from '../controls/Icon';
import { ageWords, hasBars, histogramWords, namedNumbers, nonFiniteWords } from './selectedWords';

export function SelectedNumbers({ view }: { readonly view: SelectedView }) {
  const { value, gradient, axes, selection } = view;
  if (value === undefined) return null;
  const isOne = axes.length === 0;
  const isPart = selection.head !== undefined || selection.token !== undefined;
  return (
    <div class="selected-numbers">
      {isPart && <p class="selected-whole">Of all heads and tokens together:</p>}
      <Numbers name="Value" seen={value} isOne={isOne} />
      {gradient !== undefined && (
        <Numbers name="Gradient of the loss" seen={gradient} isOne={isOne} />
      )}
    </div>
  );
}

interface NumbersProps {
  readonly name: string;
  readonly seen: SeenNumbers;
  readonly isOne: boolean;
}

function Numbers({ name, seen, isOne }: NumbersProps) {
  const { statistics } = seen;
  const warning = nonFiniteWords(statistics);
  return (
    <section class="selected-seen" aria-label={name}>
      <h3>
        {name} <span class="selected-age">{ageWords(seen)}</span>
      </h3>
      {warning !== undefined && (
        <p class="selected-warning">
          <Icon name="warning" /> {warning}
        </p>
      )}
      {!isOne && hasBars(statistics) && <Bars statistics={statistics} />}
      <dl>
        {namedNumbers(statistics, isOne).map((number) => (
          <div key={number.name}>
            <dt>{number.name}</dt>
            <dd>{number.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Units of the picture: a bar is as high as the fullest at `height`. */
const height = 20;

/** The histogram, from the least on; a bar of one number is told from an empty one. */
function Bars({ statistics }: { readonly statistics: Statistics }) {
  const { histogram } = statistics;
  const most = Math.max(...histogram);
  const words = histogramWords(statistics);
  return (
    <svg
      class="selected-bars"
      role="img"
      aria-label={words}
      viewBox={`0 0 ${histogram.length} ${height}`}
      preserveAspectRatio="none"
    >
      <title>{words}</title>
      {histogram.map((count, bin) => {
        const tall = count === 0 ? 0 : Math.max(1, (height * count) / most);
        return <rect key={bin} x={bin + 0.1} y={height - tall} width={0.8} height={tall} />;
      })}
    </svg>
  );
}
