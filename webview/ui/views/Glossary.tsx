/** @file What the lines of the chart and the numbers under it mean, for whoever asks. */
import { lossChartHelp } from './lossChart';
import { measuresOf } from './measures';
import { usePage } from './pageContext';

/** Id of the element, and of the choice among the disclosures that the page remembers. */
export const glossaryId = 'glossary';

export function Glossary() {
  const { state, form } = usePage();
  if (form.open.value[glossaryId] !== true) return null;
  const facts = state.facts.value;
  const entries = [
    ...lossChartHelp(facts?.baselines),
    ...measuresOf({ points: [], samples: [], facts }),
  ];
  return (
    <section class="glossary" id={glossaryId} aria-label="What the numbers mean">
      <dl>
        {entries.map(({ label, help }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
