/** @file Stop, whenever it is asked for and whatever else is asked beside it. */
import { beforeAll, describe, expect, it } from 'vitest';

import type { EngineState } from '../../../webview/protocol/engineApi';
import { useBackend } from '../support/backends';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

describe('a run', () => {
  it.each(['pause', 'step', 'resume'] as const)(
    'ends once Stop was asked for, whatever %s asks after it',
    async (late) => {
      const tested = new TestedSession();
      const { session } = tested;
      await tested.start(longRun);
      await tested.made(1);
      const stopped = session.stop();
      const refused = expect(session[late]()).rejects.toMatchObject({ code: 'no-run' });
      expect(await stopped).toMatchObject({ phase: 'idle', last: { outcome: 'stopped' } });
      await refused;
      expect(session.state).toMatchObject({ phase: 'idle' });
    },
  );

  it('ends though Stop is asked for between a single step and the pause that it waits for', async () => {
    const tested = new TestedSession();
    const { session } = tested;
    await tested.start(longRun);
    await tested.made(1);
    const stepped = expect(session.step()).rejects.toMatchObject({ code: 'no-run' });
    expect(await session.stop()).toMatchObject({ phase: 'idle', last: { outcome: 'stopped' } });
    await stepped;
  });

  it('that starts paused can be stopped while it measures what comes before its first step', async () => {
    const tested = new TestedSession();
    const stopped = new Promise<EngineState>((resolve) => {
      tested.onFacts = () => {
        resolve(tested.session.stop());
      };
    });
    const started = tested.start(longRun, { paused: true });
    await expect(started).rejects.toMatchObject({ code: 'cancelled' });
    expect(await stopped).toEqual({ phase: 'idle' });
    tested.onFacts = () => undefined;
    await tested.start(shortRun());
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
  });

  it('stopped while it loads ends idle, and the next one starts', async () => {
    const tested = new TestedSession();
    const started = tested.start(longRun);
    await tested.reaches(({ phase }) => phase === 'loading');
    const [outcome, state] = await Promise.all([
      started.catch((error: unknown) => error),
      tested.session.stop(),
    ]);
    expect(outcome).toMatchObject({ code: 'cancelled' });
    expect(state).toEqual({ phase: 'idle' });
    await tested.start(shortRun());
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
  });
});
