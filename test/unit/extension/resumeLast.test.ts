/** @file Resume Last Run: what the page offers once a run was found damaged. */
import { expect, it, vi } from 'vitest';
import type { Engine } from '../../../extension/engine/engine';
import { Session } from '../../../extension/engine/session';
import type { Messages } from '../../../extension/messages';
import type { Playground } from '../../../extension/playground/playground';
import { RunStore } from '../../../extension/runs/runStore';
import { defaultPreset } from '../../../webview/config/presets';
import type { PlaygroundView } from '../../../webview/protocol/playgroundApi';
import { at } from '../support/disk';

vi.mock('vscode', () => import('../support/vscode'));

it('does not go on offering a run none of whose checkpoints can be read', async () => {
  const messages = { remember: () => undefined, logged: () => undefined } as unknown as Messages;
  const context = { storageUri: undefined, globalStorageUri: at('/global') };
  const store = new RunStore(context as never, messages, 'here');
  const cutOff = new ArrayBuffer(2000);
  const run = await store.create(defaultPreset.config, undefined);
  await run.store({
    runId: run.id,
    step: 10,
    reason: 'stop',
    checkpoint: cutOff,
    metrics: [],
    samples: [],
  });
  const shown: Promise<PlaygroundView>[] = [];
  const endpoint = {
    latest: (_name: string, view: () => Promise<PlaygroundView>) => shown.push(view()),
  };
  const engine = {
    isBusy: false,
    run: undefined,
    settled: () => Promise.resolve(),
    onNews: () => ({ dispose: () => undefined }),
  };
  const session = new Session(
    { endpoint } as unknown as Playground,
    engine as unknown as Engine,
    store,
    messages,
  );
  expect((await session.view()).resumable?.step).toBe(10);
  await expect(session.resumeLast()).rejects.toThrow(/is damaged and cannot be resumed/);
  expect(shown).toHaveLength(1);
  expect((await shown[0])?.resumable).toBeUndefined();
});
