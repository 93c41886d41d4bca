/**
 * @file The place of the model that is selected, here or in another view: what it is, its newest
 * numbers, and the ways to its line, its picture and its explanation.
 */
import { useEffect } from 'preact/hooks';
import { shapeOfAxes } from '../../config/axes';
import { axisMeaning } from '../../config/axisMeanings';
import type { PageCommand } from '../../protocol/playgroundApi';
import type { SelectedView } from '../../protocol/selectedView';
import { Button } from '../controls/Button';
import { Disclosure } from '../controls/Disclosure';
import { focusNext } from '../controls/focus';
import { LinkButton } from '../controls/LinkButton';
import { Panel } from '../controls/Panel';
import { wordId } from './glossaryWords';
import { usePage } from './pageContext';
import { SelectedNumbers } from './SelectedNumbers';
import { placeWords, whyNone } from './selectedWords';

const panelId = 'selected';
const axesId = 'selected-axes';

export function SelectedPanel() {
  const { state, actions } = usePage();
  const view = state.selected.value;
  const reveal = state.reveal.value;
  useEffect(() => {
    // What is to be shown may come later than the wish to see it.
    if (view === undefined || reveal === undefined) return;
    state.reveal.value = undefined;
    document.getElementById(panelId)?.scrollIntoView({ block: 'nearest' });
    if (reveal === 'focus') document.getElementById(`${panelId}-title`)?.focus();
  }, [view, reveal]);
  if (view === undefined) return null;
  return (
    <div
      class="selected"
      // Who clears the selection goes back to the word that made it, or on to the curve.
      {...focusNext([wordId(view.selection.path), 'metrics'])}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.select(undefined);
      }}
    >
      <Panel
        id={panelId}
        title={`Selected: ${view.title}`}
        focusable
        actions={<Ways view={view} />}
      >
        <Place view={view} />
        <Shape view={view} />
        <SelectedNumbers view={view} />
      </Panel>
    </div>
  );
}

function Ways({ view }: { readonly view: SelectedView }) {
  const { actions } = usePage();
  const way = (label: string, command: PageCommand) => (
    <LinkButton
      label={label}
      onPress={() => {
        actions.runCommand(command);
      }}
    />
  );
  return (
    <>
      {way('Go to Source', 'transformerPlayground.goToSource')}
      {view.isAttention &&
        view.status !== 'elsewhere' &&
        way('Attention Heatmap', 'transformerPlayground.showAttention')}
      {way('What Is This?', 'transformerPlayground.explain')}
      <Button
        label="Clear Selection"
        icon="close"
        appearance="icon"
        onPress={() => {
          actions.select(undefined);
        }}
      />
    </>
  );
}

function Place({ view }: { readonly view: SelectedView }) {
  const words = placeWords(view);
  const none = whyNone(view.status);
  return (
    <>
      <p class="selected-place">
        {words !== '' && `${words} · `}
        <code>{view.selection.path}</code>
      </p>
      {view.explanation !== '' && <p>{view.explanation}</p>}
      {none !== undefined && <p class="selected-none">{none}</p>}
    </>
  );
}

/** The shape, which opens to what each of its axes means. */
function Shape({ view: { axes, status } }: { readonly view: SelectedView }) {
  const { form } = usePage();
  if (status === 'elsewhere') return null;
  if (axes.length === 0) return <p class="selected-one">One number for the whole batch</p>;
  return (
    <Disclosure
      summary={shapeOfAxes(axes)}
      open={form.open.value[axesId] === true}
      onToggle={(open) => {
        form.setOpen(axesId, open);
      }}
    >
      <dl class="selected-axes">
        {axes.map(({ name }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{axisMeaning(name)}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
