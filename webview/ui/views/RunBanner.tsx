/** @file What became of a run that is not running: it failed, or can be continued. */
import { Banner } from '../controls/Banner';
import { Button } from '../controls/Button';
import { formatCount, formatMeasure } from '../format';
import { usePage } from './pageContext';

export function RunBanner() {
  const { state, actions } = usePage();
  const engine = state.engine.value;
  const resumable = state.view.value?.resumable;
  const resume = (
    <Button
      label="Resume"
      icon="debug-continue"
      appearance="primary"
      onPress={() => {
        actions.runCommand('transformerPlayground.resumeLastRun');
      }}
    />
  );
  if (engine.phase === 'failed') {
    const { message, remedy } = engine.failure;
    return (
      <Banner
        severity="error"
        title={engine.runId === undefined ? 'The engine is not available' : 'Training stopped'}
        message={message}
        remedy={remedy}
      >
        {(engine.runId !== undefined || resumable !== undefined) && resume}
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
  if (engine.phase !== 'idle' || resumable === undefined) return null;
  const loss =
    resumable.validationLoss === undefined
      ? ''
      : `, validation loss ${formatMeasure(resumable.validationLoss)}`;
  return (
    <Banner
      severity="information"
      message={`“${resumable.name}” can be continued from step ${formatCount(resumable.step)} of ${formatCount(resumable.steps)}${loss}.`}
    >
      {resume}
    </Banner>
  );
}
