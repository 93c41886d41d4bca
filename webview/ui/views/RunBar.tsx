/**
 * @file The buttons that steer a run. Each is there when it has something to steer, and can be
 * pressed when it can work.
 */
import { Button } from '../controls/Button';
import { shorten } from '../format';
import { usePage } from './pageContext';

/**
 * Id of the bar, which is always there: its first button is where the focus goes when what had it
 * vanishes.
 */
export const runBarId = 'run-bar';

export function RunBar() {
  const { state, actions } = usePage();
  const { phase } = state.engine.value;
  const running = phase === 'training';
  const paused = phase === 'paused';
  return (
    <div id={runBarId} class="run-bar" role="group" aria-label="Run">
      <MainButton />
      {state.isActive.value && (
        <>
          <Button
            label="Stop"
            icon="debug-stop"
            hint="Ends the run and keeps it"
            onPress={actions.stop}
          />
          <Button
            label="Step"
            icon="debug-step-over"
            appearance="icon"
            disabled={!paused}
            hint={paused ? 'Step: one update of the weights' : 'Step: pause first'}
            onPress={actions.step}
          />
          <Button
            label="Save Checkpoint"
            icon="save"
            appearance="icon"
            disabled={!running && !paused}
            onPress={() => {
              actions.runCommand('transformerPlayground.saveCheckpoint');
            }}
          />
        </>
      )}
    </div>
  );
}

/** One button in one place, so that the focus stays on it while what it does changes. */
function MainButton() {
  const { state, form, actions } = usePage();
  const { phase } = state.engine.value;
  const reading = form.config.value;
  const text = form.trainsOn.value;
  const { resumable, claimed } = state.view.value ?? {};
  const leads = state.facts.value !== undefined && (resumable ?? claimed) === undefined;
  switch (phase) {
    case 'paused':
      return (
        <Button
          label="Resume"
          icon="debug-continue"
          appearance="primary"
          onPress={actions.resume}
        />
      );
    case 'loading':
    case 'training':
      return (
        <Button
          label="Pause"
          icon="debug-pause"
          appearance="primary"
          disabled={phase === 'loading'}
          onPress={actions.pause}
        />
      );
    case 'idle':
    case 'failed':
      return (
        <Button
          label={text === undefined ? 'Train' : `Train on ${shorten(text)}`}
          icon="play"
          // Where the page offers something better to do first, the button there is the main one.
          appearance={leads ? 'primary' : 'secondary'}
          disabled={!reading.ok}
          hint={reading.ok ? `Trains “${reading.value.name}”` : form.toDo.value}
          onPress={() => {
            if (reading.ok) actions.train(reading.value);
          }}
        />
      );
    default:
      return phase satisfies never;
  }
}
