/** @file Which commands are enabled: those for saved runs as soon as there are such runs. */
import { beforeEach, expect, it, vi } from 'vitest';
import { ContextKeys } from '../../../extension/engine/contextKeys';
import type { Engine } from '../../../extension/engine/engine';
import type { EngineNews } from '../../../extension/engine/news';
import { disk } from '../support/disk';
import { WindowOnDisk } from '../support/savedRuns';

const keys = new Map<string, string>();
let focus: (state: { focused: boolean }) => void = () => undefined;

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  commands: {
    executeCommand: (_setContext: string, key: string, value: string) =>
      Promise.resolve(keys.set(key.replace('transformerPlayground.', ''), value)),
  },
  window: {
    onDidChangeWindowState: (listener: typeof focus) => {
      focus = listener;
      return { dispose: () => undefined };
    },
  },
}));

let here: WindowOnDisk;
let tell: (news: EngineNews) => void = () => undefined;

beforeEach(async () => {
  disk.clear();
  keys.clear();
  here = new WindowOnDisk('here');
  const nothing = { dispose: () => undefined };
  const engine = {
    state: { phase: 'idle' },
    onDidChange: () => nothing,
    onNews: (listener: typeof tell) => {
      tell = listener;
      return nothing;
    },
  };
  await new ContextKeys(engine as unknown as Engine, here.store).refreshRuns();
});

it('none can be resumed where none is saved', () => {
  expect(Object.fromEntries(keys)).toEqual({ phase: 'idle', hasRuns: 'no', hasSeveralRuns: 'no' });
});

it('another run can be resumed as soon as the second one has ended', async () => {
  await here.save('first', 10);
  tell({ kind: 'ended' } as EngineNews);
  await vi.waitUntil(() => keys.get('hasRuns') === 'yes');
  expect(keys.get('hasSeveralRuns')).toBe('no');
  await here.save('second', 10);
  tell({ kind: 'closed' } as EngineNews);
  await vi.waitUntil(() => keys.get('hasSeveralRuns') === 'yes');
});

it('runs of another window count when the user comes back to this one', async () => {
  const there = new WindowOnDisk('there');
  await there.save('first', 10);
  await there.save('second', 10);
  focus({ focused: true });
  await vi.waitUntil(() => keys.get('hasSeveralRuns') === 'yes');
});
