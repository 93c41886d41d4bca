/** @file The report of a fault: what it holds, and that it names no folder. */
import { expect, it, vi } from 'vitest';
import { diagnosticsReport } from '../../../extension/diagnostics';
import type { Engine } from '../../../extension/engine/engine';
import type { Messages } from '../../../extension/messages';
import type { PlaygroundEndpoint } from '../../../extension/playground/playgroundPanel';

vi.mock('vscode', () => import('../support/vscode'));

it('names no folder of the user’s, neither from the host’s errors nor from the engine', async () => {
  const context = {
    extension: { packageJSON: { version: '1.2.3' } },
    globalStorageUri: { scheme: 'file' },
  };
  const message = "Error: EACCES: permission denied, open 'C:\\Users\\ann\\runs\\owner.json'";
  const failure = { code: 'internal', message, remedy: 'Look at /home/ann/x.' };
  const refused = new Error('cannot fetch vscode-file://app/home/ann/dist/engine.js');
  const report = await diagnosticsReport(
    context as never,
    { request: () => Promise.reject(refused) } as unknown as PlaygroundEndpoint,
    { state: { phase: 'idle' }, run: undefined } as unknown as Engine,
    { lastFailures: [failure] } as unknown as Messages,
  );
  expect(report).toContain("permission denied, open 'owner.json'");
  expect(report).toContain('did not answer: cannot fetch engine.js');
  expect(report).toContain('"Transformer Playground": "1.2.3"');
  expect(report).not.toMatch(/\bann\b/);
});
