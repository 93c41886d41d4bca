/** @file A panel that is closed over its run: what the next page shows is what was kept. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreset } from '../../../webview/config/presets';
import { HostedEngine, snapshotAt } from '../support/hostedEngine';

vi.mock('vscode', () => import('../support/vscode'));

let hosted: HostedEngine;

beforeEach(async () => {
  hosted = new HostedEngine();
  await hosted.begin();
  hosted.reach('training', 8);
});

afterEach(() => {
  hosted.engine.dispose();
});

describe('a run whose page is closed', () => {
  it('before its first snapshot is gone, for the page that is opened at once as well', async () => {
    const { engine, news } = hosted;
    const closing = engine.pageClosed();
    await engine.settled();
    expect(engine.run).toBeUndefined();
    await closing;
    expect(news).toMatchObject([{ kind: 'closed', step: 8, lost: 8 }]);
  });

  it('is shown again at its last snapshot', async () => {
    const { engine } = hosted;
    await engine.storeSnapshot(snapshotAt(5));
    await engine.pageClosed();
    expect(engine.run).toMatchObject({ id: 'r', step: 5 });
  });

  it('is gone where it had failed before, and nothing is told twice', async () => {
    const { engine } = hosted;
    const failure = { code: 'engine-died', message: 'It died.', remedy: 'Try.' };
    hosted.report({ phase: 'failed', runId: 'r', step: 8, failure });
    await engine.settled();
    expect(engine.run).toBeDefined();
    await engine.pageClosed();
    expect(engine.run).toBeUndefined();
    expect(hosted.told).toEqual(['failed']);
  });

  it('does not take the next one away, begun while it is looked at', async () => {
    const { engine } = hosted;
    const closing = engine.pageClosed();
    const beginning = engine.begin({ ...defaultPreset.config, name: 'The next' }, undefined);
    await Promise.all([closing, beginning]);
    expect(engine.run?.isLive).toBe(true);
  });
});
