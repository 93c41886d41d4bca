/**
 * @file The playground page. What is watched comes first: the run, its curve, its newest sample.
 * The configuration is a column beside it while it is edited, and a line above it otherwise.
 */
import { BackendDetails } from './BackendLine';
import { ConfigurationForm } from './ConfigurationForm';
import { configurationOf } from './configurationOf';
import { Glossary } from './Glossary';
import { MetricsPanel } from './MetricsPanel';
import { NoticeList } from './NoticeList';
import { usePage } from './pageContext';
import { ProgressEdge, ProgressText } from './ProgressLine';
import { PromptPanel } from './PromptPanel';
import { RunBanner } from './RunBanner';
import { RunBar } from './RunBar';
import { RunStrip } from './RunStrip';
import { SamplesPanel } from './SamplesPanel';
import { SelectedPanel } from './SelectedPanel';
import { Tiles } from './Tiles';
import { Welcome } from './Welcome';

export function PlaygroundPage() {
  const page = usePage();
  const { open } = configurationOf(page);
  const isNew = !page.state.isActive.value && page.state.facts.value === undefined;
  // A page that comes back is not to say that there was no run, before it knows.
  const isLooking = page.state.view.value === undefined && page.state.problem.value === undefined;
  return (
    <>
      <header class="page-header">
        <div class="page-header-line">
          <Title />
          <RunBar />
          <ProgressText />
        </div>
        <ProgressEdge />
      </header>
      <Announcer />
      <main class="page">
        <div class="page-messages">
          <RunBanner />
          <NoticeList />
        </div>
        <RunStrip />
        <BackendDetails />
        <div class={`page-body${open ? ' page-body-steered' : ''}`}>
          {/* What leads on comes first: keys and screen readers follow, and so does one column. */}
          {isNew && (
            <div class="page-learning" key="welcome">
              {isLooking ? <p class="looking">Looking for saved runs …</p> : <Welcome />}
              <SelectedPanel />
            </div>
          )}
          {open && (
            <div class="page-steering" key="steering">
              <ConfigurationForm />
            </div>
          )}
          {!isNew && (
            <div class="page-learning" key="learning">
              <Learning />
            </div>
          )}
        </div>
      </main>
    </>
  );
}

function Learning() {
  return (
    <>
      <div class="watch">
        <MetricsPanel />
        <SamplesPanel />
      </div>
      <SelectedPanel />
      <div>
        <Tiles />
        <Glossary />
      </div>
      <PromptPanel />
    </>
  );
}

function Title() {
  const { state } = usePage();
  const name = state.facts.value?.name;
  return (
    <h1 class={name === undefined ? undefined : 'with-run'} title={name}>
      <span class="app-name">Transformer Playground </span>
      {name !== undefined && <span class="run-name">{name}</span>}
    </h1>
  );
}

/** Says changes of state and evaluations aloud, not each step. */
function Announcer() {
  const { state } = usePage();
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {state.announcement.value}
    </div>
  );
}
