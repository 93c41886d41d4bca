/** @file What the lines of the chart and the numbers under it mean, for whoever asks. */
import { LinkButton } from '../controls/LinkButton';
import { wordOf, wordId } from './glossaryWords';
import { lossChartHelp } from './lossChart';
import { measuresOf } from './measures';
import { usePage } from './pageContext';

/** Id of the element, and of the choice among the disclosures that the page remembers. */
export const glossaryId = 'glossary';

/** How many of the measures, from the first on, are losses. */
const losses = 2;

export function Glossary() {
  const { state, form } = usePage();
  if (form.open.value[glossaryId] !== true) return null;
  const facts = state.facts.value;
  const { points, samples } = state.history;
  const measures = measuresOf({ points: points.value, samples: samples.value, facts });
  // The losses first: the lines are there to compare them with, and the rest follows from them.
  const entries = [
    ...measures.slice(0, losses),
    ...lossChartHelp(facts?.baselines),
    ...measures.slice(losses),
  ];
  return (
    <section class="glossary" id={glossaryId} aria-label="What the numbers mean">
      <dl>
        {entries.map(({ label, help }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Help label={label} help={help} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The help of an entry; a word of it that names a value of the model selects it. */
function Help({ label, help }: { readonly label: string; readonly help: string }) {
  const { actions } = usePage();
  const found = wordOf(label, help);
  if (found === undefined) return <>{help}</>;
  const { before, word, path, after } = found;
  return (
    <>
      {before}
      <LinkButton
        id={wordId(path)}
        label={word}
        hint="Shows this value of the model"
        onPress={() => {
          actions.select({ path });
        }}
      />
      {after}
    </>
  );
}
