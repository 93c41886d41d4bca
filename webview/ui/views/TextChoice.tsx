/** @file Which text of the user's is learned from, and the way to another one. */
import { Button } from '../controls/Button';
import { usePage } from './pageContext';

export function TextChoice() {
  const { state, form, actions } = usePage();
  const name = form.textName.value;
  return (
    <div class="field field-above text-choice" role="group" aria-label="Your text">
      <span class="field-label">Your text</span>
      <p class="text-name" title={name}>
        {name ?? 'None chosen yet'}
      </p>
      {!state.isActive.value && (
        <Button
          label={name === undefined ? 'Choose a Text …' : 'Choose Another Text …'}
          onPress={actions.chooseText}
        />
      )}
    </div>
  );
}
