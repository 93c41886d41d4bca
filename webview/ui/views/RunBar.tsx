/** @file The buttons that steer a run. Each can be pressed only when it can work. */
import { Button } from '../controls/Button';
import { usePage } from './pageContext';

export function RunBar() {
  const { state, form, actions } = usePage();
  const { phase } = state.engine.value;
  const reading = form.config.value;
  const active = state.isActive.value;
  const running = phase === 'training';
  const paused = phase === 'paused';
  return (
    <div class="run-bar" role="group" aria-label="Run">
      {!active && (
        <Button
          label="Train"
          icon="play"
          appearance="primary"
          disabled={!reading.ok}
          hint={reading.ok ? undefined : 'Correct the configuration first'}
          onPress={() => {
            if (reading.ok) actions.train(reading.value);
          }}
        />
      )}
      {active && !paused && (
        <Button
          label="Pause"
          icon="debug-pause"
          appearance="primary"
          disabled={!running}
          onPress={actions.pause}
        />
      )}
      {paused && (
        <Button
          label="Resume"
          icon="debug-continue"
          appearance="primary"
          onPress={actions.resume}
        />
      )}
      <Button
        label="Step"
        icon="debug-step-over"
        disabled={!paused}
        hint={paused ? 'One update of the weights' : 'Pause first'}
        onPress={actions.step}
      />
      <Button
        label="Stop"
        icon="debug-stop"
        disabled={!active}
        hint={active ? 'Ends the run and keeps it' : 'No run is active'}
        onPress={actions.stop}
      />
      <Button
        label="Save Checkpoint"
        icon="save"
        disabled={!running && !paused}
        hint={running || paused ? undefined : 'No run is active'}
        onPress={() => {
          actions.runCommand('transformerPlayground.saveCheckpoint');
        }}
      />
    </div>
  );
}
