/** @file What the user should know of the run, and what an action could not do. */
import { Banner } from '../controls/Banner';
import { usePage } from './pageContext';

export function NoticeList() {
  const { state } = usePage();
  const problem = state.problem.value;
  return (
    <>
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
      {state.notices.value.map(({ code, severity, message }) => (
        <Banner
          key={code}
          severity={severity}
          message={message}
          onDismiss={() => {
            state.dismissNotice(code);
          }}
        />
      ))}
    </>
  );
}
