/** @file Runs where no folder can be written: they are kept in memory, and found there again. */
import { describe, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';

vi.mock('vscode', () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('EROFS: read-only file system'));
  return {
    FileSystemError: class extends Error {},
    FileType: { File: 1, Directory: 2 },
    Uri: { joinPath: (base: Uri, ...parts: string[]) => at([base.path, ...parts].join('/')) },
    l10n: { t: (text: string) => text },
    workspace: {
      isTrusted: true,
      workspaceFolders: [],
      getConfiguration: () => ({
        get: (key: string) => (key === 'runs.maximumDiskUsage' ? 1e-6 : undefined),
      }),
      fs: {
        isWritableFileSystem: () => true,
        createDirectory: refuse,
        readDirectory: refuse,
        writeFile: refuse,
      },
    },
  };
});

const at = (path: string) => ({
  path,
  scheme: 'file',
  with: (to: { path: string }) => at(to.path),
});

const snapshot: Snapshot = {
  runId: 'r',
  step: 37,
  reason: 'request',
  checkpoint: new ArrayBuffer(8),
  metrics: [],
  samples: [],
};

async function readOnlyStore() {
  const { RunStore } = await import('../../../extension/runs/runStore');
  const messages = { warning: vi.fn(), remember: vi.fn(), logged: vi.fn() };
  const context = { storageUri: undefined, globalStorageUri: at('/global') };
  const store = new RunStore(context as never, messages as never, 'here');
  return { store, messages };
}

describe('a run that no folder takes', () => {
  it('is found again, to be resumed while the window is open', async () => {
    const { store, messages } = await readOnlyStore();
    const run = await store.create(defaultPreset.config, undefined);
    expect(messages.warning.mock.lastCall?.[0]).toMatch(/cannot be saved.*kept in memory/);
    expect(run.isLasting).toBe(false);
    expect(await store.newestToContinue()).toBeUndefined();
    await run.store(snapshot);
    expect(await store.newestToContinue()).toBe(run);
  });

  it('takes no disk space: its checkpoints are not pruned for it', async () => {
    const { store } = await readOnlyStore();
    const run = await store.create(defaultPreset.config, undefined);
    await run.store(snapshot);
    await store.prune();
    expect(run.canContinue).toBe(true);
  });
});
