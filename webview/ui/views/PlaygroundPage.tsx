/** @file The playground page: what is steered on the left, what is learned on the right; one column where it is narrow. */
import { BackendLine } from './BackendLine';
import { ConfigurationForm } from './ConfigurationForm';
import { MetricsPanel } from './MetricsPanel';
import { NoticeList } from './NoticeList';
import { usePage } from './pageContext';
import { ProgressLine } from './ProgressLine';
import { PromptPanel } from './PromptPanel';
import { RunBanner } from './RunBanner';
import { RunBar } from './RunBar';
import { SamplesPanel } from './SamplesPanel';

export function PlaygroundPage() {
  return (
    <>
      <header class="page-header">
        <Title />
        <RunBar />
        <ProgressLine />
      </header>
      <Announcer />
      <main class="page">
        <div class="page-messages">
          <RunBanner />
          <NoticeList />
        </div>
        <BackendLine />
        <div class="page-column page-steering">
          <ConfigurationForm />
        </div>
        <div class="page-column page-learning">
          <MetricsPanel />
          <SamplesPanel />
          <PromptPanel />
        </div>
      </main>
    </>
  );
}

function Title() {
  const { state } = usePage();
  const name = state.facts.value?.name;
  return (
    <h1>
      Transformer Playground
      {name !== undefined && <span class="run-name"> {name}</span>}
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
