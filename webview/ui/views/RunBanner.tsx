/**
 * @file What became of a run that is not running: it failed, ended, or can be continued; and what
 * to do next.
 */
import { formatCount } from '../../config/counts';
import type { EngineState } from '../../protocol/engineApi';
import type { RunSummary } from '../../protocol/playgroundApi';
import { Banner } from '../controls/Banner';
import { Button } from '../controls/Button';
import type { IconName } from '../controls/Icon';
import { formatMeasure } from '../format';
import { configurationId, configurationOf, hideConfigurationId } from './configurationOf';
import { canBringFailed, failureTitle, remedyOf } from './failedRun';
import { outcomeOf } from './outcome';
import { usePage } from './pageContext';
import { isTrained } from './trained';
import { promptId } from './PromptPanel';

export function RunBanner() {
  const { state } = usePage();
  const engine = state.engine.value;
  const resumable = state.view.value?.resumable;
  if (state.isWatching.value) return null;
  if (engine.phase === 'failed') return <Failed engine={engine} />;
  if (engine.phase !== 'idle') return null;
  if (engine.last !== undefined) return <Ended engine={engine} />;
  const claimed = state.view.value?.claimed;
  if (claimed !== undefined) return <Claimed run={claimed} />;
  return resumable === undefined ? null : <Resumable run={resumable} />;
}

function Failed({ engine }: { readonly engine: EngineState & { phase: 'failed' } }) {
  const { state, actions } = usePage();
  const view = state.view.value;
  const left = {
    resumable: view?.resumable,
    isLookedUp: state.isLookedUp.value,
    hasRun: state.facts.value !== undefined,
  };
  return (
    <Banner
      severity="error"
      title={failureTitle(engine, view)}
      message={engine.failure.message}
      remedy={remedyOf(engine, left)}
    >
      {left.resumable !== undefined && canBringFailed(engine, left.resumable) && (
        <BringButton run={left.resumable} />
      )}
      {engine.runId !== undefined && <ChangeButton />}
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
  const { state } = usePage();
  const { last } = engine;
  const facts = state.facts.value;
  if (last === undefined || facts?.runId !== last.runId) return null;
  const { unloaded = false } = last;
  const resumable = state.view.value?.resumable;
  const own = resumable?.runId === last.runId ? resumable : undefined;
  const { title, message } = outcomeOf({
    last,
    facts,
    points: state.history.points.value,
    samples: state.history.samples.value,
  });
  return (
    <Banner severity="information" title={title} message={message}>
      {own !== undefined && (last.outcome === 'stopped' || unloaded) && <BringButton run={own} />}
      {!unloaded && (
        <Button
          label="Write with It"
          icon="edit"
          onPress={() => {
            document.getElementById(promptId)?.focus();
          }}
        />
      )}
      <ChangeButton />
    </Banner>
  );
}

function Resumable({ run }: { readonly run: RunSummary }) {
  const { name, step, steps, validationLoss } = run;
  const loss =
    validationLoss === undefined ? '' : `, validation loss ${formatMeasure(validationLoss)}`;
  if (isTrained(run)) {
    return (
      <Banner
        severity="information"
        message={`“${name}” is trained: ${formatCount(steps)} steps${loss}.`}
        remedy="Load it to write with it."
      >
        <BringButton run={run} />
      </Banner>
    );
  }
  return (
    <Banner
      severity="information"
      message={`“${name}” can be continued from step ${formatCount(step)} of ${formatCount(steps)}${loss}.`}
    >
      <BringButton run={run} />
    </Banner>
  );
}

/** The newest run, while it is another window's, or that of this one before a reload. */
function Claimed({ run: { name, step, steps } }: { readonly run: RunSummary }) {
  return (
    <Banner
      severity="information"
      message={`“${name}” is saved at step ${formatCount(step)} of ${formatCount(steps)}. A window had it until a moment ago, or has it still.`}
      remedy="Resume stands here as soon as it is free: within half a minute, if that window is gone. To watch it meanwhile, run “Transformer: Resume Last Run”."
    />
  );
}

/** Resumes a run; one that is trained is only loaded. */
function BringButton({ run }: { readonly run: RunSummary }) {
  return isTrained(run) ? (
    <ResumeButton runId={run.runId} label="Load" icon="edit" />
  ) : (
    <ResumeButton runId={run.runId} />
  );
}

/** Opens the configuration; nothing where it stands open. */
function ChangeButton() {
  const page = usePage();
  if (configurationOf(page).open) return null;
  return (
    <Button
      label="Change Something"
      next={[hideConfigurationId]}
      onPress={() => {
        page.form.setOpen(configurationId, true);
      }}
    />
  );
}

interface ResumeButtonProps {
  readonly runId: string;
  readonly label?: string;
  readonly icon?: IconName;
}

/**
 * Brings the run of the banner into the engine, not one that another window has saved since; one
 * that is trained has nothing left to do there.
 */
function ResumeButton({ runId, label = 'Resume', icon = 'debug-continue' }: ResumeButtonProps) {
  const { actions } = usePage();
  return (
    <Button
      label={label}
      icon={icon}
      appearance="primary"
      onPress={() => {
        actions.resumeRun(runId);
      }}
    />
  );
}
