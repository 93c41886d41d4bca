/** @file Why there is no model to write with, and what brings one. */
import { Banner } from '../../controls/Banner';
import { Button } from '../../controls/Button';
import { useGeneration } from './generationContext';

export function NothingToWrite() {
  const { state, actions } = useGeneration();
  const view = state.view.value;
  if (view === undefined) return <p class="panel-note">Connecting …</p>;
  if (view.run !== undefined) return null;
  const open = (
    <Button
      label="Open Playground"
      onPress={() => {
        actions.runCommand('transformerPlayground.openPlayground');
      }}
    />
  );
  if (view.phase === 'loading') {
    const { activity = '' } = view;
    return (
      <div class="nothing-to-write">
        <p>The model is being loaded{activity === '' ? '' : `: ${activity}`} …</p>
        {open}
      </div>
    );
  }
  return (
    <>
      {view.failure !== undefined && (
        <Banner severity="error" message={view.failure.message} remedy={view.failure.remedy} />
      )}
      <div class="nothing-to-write">
        <p>
          No model is loaded. Train one: it writes here while it trains and afterwards, token by
          token, with what it could have written instead.
        </p>
        <div class="nothing-to-write-buttons">
          {view.resumable && (
            <Button
              label="Resume Last Run"
              appearance="primary"
              onPress={() => {
                actions.runCommand('transformerPlayground.resumeLastRun');
              }}
            />
          )}
          <Button
            label="Train Tiny Model"
            appearance={view.resumable ? 'secondary' : 'primary'}
            onPress={() => {
              actions.runCommand('transformerPlayground.trainTinyModel');
            }}
          />
          {open}
        </div>
      </div>
    </>
  );
}
