/**
 * @file What stands where the curve will be, before the first run: what this is, and the button
 * that starts it.
 */
import { Button } from '../controls/Button';
import { Icon } from '../controls/Icon';
import { shorten } from '../format';
import { usePage } from './pageContext';

export function Welcome() {
  const { form, state, actions } = usePage();
  const reading = form.config.value;
  const text = form.trainsOn.value;
  const { configured, preset } = form;
  const config = configured.value.ok ? configured.value.value : undefined;
  const unit = config?.data.tokenizer === 'characters' ? 'letter' : 'token';
  // Whoever has a run to continue is offered that first, above.
  const canResume = state.view.value?.resumable !== undefined;
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">Watch a transformer learn to write</h2>
      <p>
        A small model reads {text ?? 'short stories'}, guesses each next {unit} and corrects itself
        thousands of times. In a few minutes its noise turns into words, and its words into
        sentences.
      </p>
      <Button
        label={`Train ${text === undefined ? (config?.name ?? preset.value.label) : `on ${shorten(text)}`}`}
        icon="play"
        appearance={canResume ? 'secondary' : 'primary'}
        disabled={!reading.ok}
        hint={form.toDo.value}
        onPress={() => {
          if (reading.ok) actions.train(reading.value);
        }}
      />
      <p class="welcome-more">
        <Icon name="info" /> It trains on this machine, and nothing leaves it. For{' '}
        {text === undefined ? 'a text of your own' : 'another text'}, choose “Train on This File” in
        the menu of a file.
      </p>
    </section>
  );
}
