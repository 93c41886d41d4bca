/** @file The names of a chart's lines with their values: at the cursor, or the latest. */
import { formatCount } from '../../config/counts';
import { noValue } from '../format';
import { valueAt, type ChartColour, type ChartData, type Dash } from './curves';

interface LegendProps {
  readonly data: ChartData;
  /** The point under the cursor; absent for the latest. */
  readonly cursor: number | undefined;
  readonly format: (value: number) => string;
}

export function Legend({ data, cursor, format }: LegendProps) {
  const index = cursor ?? data.x.length - 1;
  const x = data.x[index];
  return (
    <ul class="chart-legend">
      <li class="chart-legend-x">
        {data.xLabel} {x === undefined ? noValue : formatCount(x)}
      </li>
      {data.curves.map((curve) => {
        const value = valueAt(curve.values, index)?.value;
        return (
          <li key={curve.label}>
            <Swatch colour={curve.colour} dash={curve.dash} dot={curve.sparse === true} />
            {curve.label} <strong>{value === undefined ? noValue : format(value)}</strong>
          </li>
        );
      })}
      {data.references.map((reference) => (
        <li key={reference.label} class="chart-legend-reference" title={reference.help}>
          <Swatch colour={reference.colour} dash={reference.dash} dot={false} />
          {reference.label} <strong>{format(reference.value)}</strong>
        </li>
      ))}
    </ul>
  );
}

interface SwatchProps {
  readonly colour: ChartColour;
  readonly dash: Dash;
  readonly dot: boolean;
}

/** A short piece of the line as it is drawn. */
function Swatch({ colour, dash, dot }: SwatchProps) {
  return (
    <svg class={`chart-swatch chart-${colour}`} width="20" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="20" y2="4" stroke-width="2" stroke-dasharray={dash.join(' ')} />
      {dot && <circle cx="10" cy="4" r="3" />}
    </svg>
  );
}
