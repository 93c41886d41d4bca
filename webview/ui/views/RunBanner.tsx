/** @file What became of a run that is not running: it failed, ended, or can be continued; and what to do next. */
import type { EngineState } from '../../protocol/engineApi';
import type { RunSummary } from '../../protocol/playgroundApi';
import { Banner } from '../controls/Banner';
import { Button } from '../controls/Button';
import { formatCount, formatMeasure } from '../format';
import { configurationId, configurationOf } from './configurationOf';
import { outcomeOf } from './outcome';
import { usePage } from './pageContext';
import { promptId } from './PromptPanel';

export function RunBanner() {
  const { state } = usePage();
  const engine = state.engine.value;
  const resumable = state.view.value?.resumable;
  if (engine.phase === 'failed') return <Failed engine={engine} />;
  if (engine.phase !== 'idle') return null;
  if (engine.last !== undefined) return <Ended engine={engine} />;
  return resumable === undefined ? null : <Resumable run={resumable} />;
}

function Failed({ engine }: { readonly engine: EngineState & { phase: 'failed' } }) {
  const { state, actions } = usePage();
  const { message, remedy } = engine.failure;
  // A run that failed before its first step left nothing to continue from.
  const canResume = (engine.step ?? 0) > 0 || state.view.value?.resumable !== undefined;
  return (
    <Banner
      severity="error"
      title={engine.runId === undefined ? 'The engine is not available' : 'Training stopped'}
      message={message}
      remedy={remedy}
    >
      {canResume && <ResumeButton />}
      <Button
        label="Copy Diagnostics"
        onPress={() => {
          actions.runCommand('transformerPlayground.copyDiagnostics');
        }}
      />
      <Button
        label="Show Log"
        onPress={() => {
          actions.runCommand('transformerPlayground.showLog');
        }}
      />
    </Banner>
  );
}

/** What the run has come to, and two things to do with it. */
function Ended({ engine }: { readonly engine: EngineState & { phase: 'idle' } }) {
  const page = usePage();
  const { state, form } = page;
  const { last } = engine;
  const facts = state.facts.value;
  if (last === undefined || facts?.runId !== last.runId) return null;
  const { title, message } = outcomeOf({
    last,
    facts,
    points: state.history.points.value,
    samples: state.history.samples.value,
  });
  return (
    <Banner severity="information" title={title} message={message}>
      {state.view.value?.resumable?.runId === last.runId && last.outcome === 'stopped' && (
        <ResumeButton />
      )}
      <Button
        label="Write with It"
        icon="edit"
        onPress={() => {
          document.getElementById(promptId)?.focus();
        }}
      />
      {!configurationOf(page).open && (
        <Button
          label="Change Something"
          onPress={() => {
            form.setOpen(configurationId, true);
          }}
        />
      )}
    </Banner>
  );
}

function Resumable({ run }: { readonly run: RunSummary }) {
  const { name, step, steps, validationLoss } = run;
  const loss =
    validationLoss === undefined ? '' : `, validation loss ${formatMeasure(validationLoss)}`;
  return (
    <Banner
      severity="information"
      message={`“${name}” can be continued from step ${formatCount(step)} of ${formatCount(steps)}${loss}.`}
    >
      <ResumeButton />
    </Banner>
  );
}

function ResumeButton() {
  const { actions } = usePage();
  return (
    <Button
      label="Resume"
      icon="debug-continue"
      appearance="primary"
      onPress={() => {
        actions.runCommand('transformerPlayground.resumeLastRun');
      }}
    />
  );
}
