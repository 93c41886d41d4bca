/** @file The newest value of everything measured, in a strip. */
import { useComputed } from '@preact/signals';
import { noValue } from '../format';
import { measuresOf } from './measures';
import { usePage } from './pageContext';

export function Tiles() {
  const { state } = usePage();
  const measures = useComputed(() =>
    measuresOf({
      points: state.history.points.value,
      samples: state.history.samples.value,
      facts: state.facts.value,
    }),
  );
  return (
    <dl class="tiles" aria-label="Newest values">
      {measures.value.map(({ label, value, help }) => (
        <div class="tile" key={label} title={help}>
          <dt>{label}</dt>
          <dd class={value === noValue ? 'tile-none' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
