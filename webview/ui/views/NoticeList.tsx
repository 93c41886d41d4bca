/** @file What the user should know of the run, and what an action could not do. */
import { Banner } from '../controls/Banner';
import { focusNext } from '../controls/focus';
import { usePage } from './pageContext';

const listId = 'notices';

export function NoticeList() {
  const { state } = usePage();
  const problem = state.problem.value;
  // They are of the run that was in the engine here.
  const notices = state.isWatching.value ? [] : state.notices.value;
  if (problem === undefined && notices.length === 0) return null;
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
    </div>
  );
}
