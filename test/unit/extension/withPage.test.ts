/**
 * @file A run whose page does not come: the command ends, Stop works, and nothing of the run is
 * left.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import { defaultPreset } from '../../../webview/config/presets';
import { cancelled } from '../../../webview/protocol/errors';
import { HostedEngine } from '../support/hostedEngine';

vi.mock('vscode', () => import('../support/vscode'));

let hosted: HostedEngine;

beforeEach(() => {
  hosted = new HostedEngine();
});

afterEach(() => {
  hosted.engine.dispose();
});

const begin = () => hosted.engine.begin(defaultPreset.config, undefined);

/** Nothing was started, told or kept. */
async function expectNothing(): Promise<void> {
  expect(hosted.engine.state).toEqual({ phase: 'idle' });
  expect(hosted.starts).toEqual([]);
  expect(hosted.told).toEqual([]);
  expect(await hosted.files.list()).toEqual([]);
}

describe('a new run', () => {
  it('whose page does not start is not begun, and the command says why', async () => {
    const silent = new PlaygroundError({ code: 'page-silent', message: 'No page.', remedy: '' });
    hosted.open = () => Promise.reject(silent);
    await expect(begin()).rejects.toBe(silent);
    await expectNothing();
  });

  it('is stopped while its page does not start, without a word', async () => {
    hosted.open = (signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(cancelled('Waiting'));
        });
      });
    const beginning = begin();
    await hosted.engine.control('stop');
    await beginning;
    await expectNothing();
  });

  it('that was stopped as its page came is not begun either', async () => {
    let come = (): void => undefined;
    hosted.open = () =>
      new Promise((resolve) => {
        come = () => {
          resolve(hosted.endpoint);
        };
      });
    const beginning = begin();
    const stopping = hosted.engine.control('stop');
    come();
    await Promise.all([beginning, stopping]);
    await expectNothing();
  });
});

it('a run to continue is stopped while its page does not start', async () => {
  await hosted.begin();
  hosted.report({ phase: 'idle', last: { runId: 'r', step: 0, steps: 9, outcome: 'stopped' } });
  const stored = await hosted.onDisk();
  hosted.open = (signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(cancelled('Waiting'));
      });
    });
  const checkpoint = { step: 0, bytes: new ArrayBuffer(8) };
  const going = hosted.engine.continue({ stored, text: undefined, checkpoint, paused: false });
  await hosted.engine.control('stop');
  await going;
  expect(hosted.engine.state).toEqual({ phase: 'idle' });
  expect(hosted.starts).toHaveLength(1);
});
