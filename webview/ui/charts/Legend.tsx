/** @file The names of a chart's lines with their values: at the cursor, or the latest. */
import { formatCount } from '../../config/counts';
import { noValue } from '../format';
import { readingsAt, type ChartColour, type ChartData, type Dash } from './curves';

interface LegendProps {
  readonly data: ChartData;
  /** The point under the cursor; absent for the latest. */
  readonly cursor: number | undefined;
  readonly format: (value: number) => string;
}

export function Legend({ data, cursor, format }: LegendProps) {
  const index = cursor ?? data.x.length - 1;
  const x = data.x[index];
  const readings = readingsAt(data, index);
  return (
    <ul class="chart-legend">
      <li class="chart-legend-x">
        {data.xLabel} {x === undefined ? noValue : formatCount(x)}
      </li>
      {data.curves.map((curve, place) => {
        const reading = readings[place];
        const sparse = curve.sparse === true;
        return (
          <li key={curve.label}>
            <Swatch colour={curve.colour} dash={curve.dash} dot={sparse} />
            {curve.label} <strong>{reading === undefined ? noValue : format(reading.value)}</strong>
            {/* Of a sparse curve always: the row stands still when a value is of its step. */}
            {reading !== undefined && (sparse || reading.earlier) && (
              <span class="chart-legend-when">
                at {data.xLabel.toLowerCase()} {formatCount(reading.x)}
              </span>
            )}
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
