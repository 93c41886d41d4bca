/** @file What the user should know of the run, and what an action could not do. */
import { Banner } from '../controls/Banner';
import { Button } from '../controls/Button';
import { focusNext } from '../controls/focus';
import { usePage } from './pageContext';

const listId = 'notices';

const hiddenTexts = {
  codeLens: {
    message:
      'Code lenses are switched off in VS Code (editor.codeLens), so the model’s source shows no live shapes and numbers.',
    button: 'Turn On Code Lenses',
  },
  inlayHints: {
    message:
      'Inlay hints are switched off in VS Code (editor.inlayHints.enabled), so the model’s source shows no live shapes and numbers.',
    button: 'Turn On Inlay Hints',
  },
} as const;

export function NoticeList() {
  const { state, actions } = usePage();
  const problem = state.problem.value;
  // They are of the run that was in the engine here.
  const notices = state.isWatching.value ? [] : state.notices.value;
  const hidden = state.knowsHiddenAnnotations.value
    ? undefined
    : state.view.value?.hiddenAnnotations;
  if (problem === undefined && notices.length === 0 && hidden === undefined) return null;
  return (
    // Who dismisses one is led to the next.
    <div class="notices" id={listId} {...focusNext([listId])}>
      {problem !== undefined && (
        <Banner
          severity="error"
          message={problem.message}
          remedy={problem.remedy}
          onDismiss={() => {
            state.problem.value = undefined;
          }}
        />
      )}
      {notices.map(({ code, severity, message }) => (
        <Banner
          key={code}
          severity={severity}
          message={message}
          onDismiss={() => {
            state.dismissNotice(code);
          }}
        />
      ))}
      {hidden !== undefined && (
        <Banner
          severity="information"
          message={hiddenTexts[hidden].message}
          onDismiss={() => {
            state.knowsHiddenAnnotations.value = true;
          }}
        >
          <Button
            label={hiddenTexts[hidden].button}
            appearance="secondary"
            onPress={() => {
              actions.runCommand('transformerPlayground.turnOnAnnotations');
            }}
          />
        </Banner>
      )}
    </div>
  );
}
