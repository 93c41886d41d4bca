/**
 * @file Train while another run is in the engine: what is asked first, and what the answer is told
 * to cost.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { window } from 'vscode';
import type { Engine } from '../../../extension/engine/engine';
import { Session } from '../../../extension/engine/session';
import type { Messages } from '../../../extension/messages';
import type { Playground } from '../../../extension/playground/playground';
import type { RunStore } from '../../../extension/runs/runStore';
import type { EngineState } from '../../../webview/protocol/engineApi';

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  window: { showWarningMessage: vi.fn() },
}));

/** Of the active editor: 72 characters in 144 bytes. */
const shortText = { name: 'short.txt', bytes: new TextEncoder().encode('ä'.repeat(72)).buffer };

vi.mock('../../../extension/datasets/readText', () => ({
  textForCommand: () => Promise.resolve({ text: shortText }),
}));

const asked = vi.mocked(window.showWarningMessage);

beforeEach(() => {
  asked.mockReset();
});

/** A session in whose engine a run of the name “first” is in `phase`. */
function sessionIn(phase: EngineState['phase']) {
  const begin = vi.fn();
  const makeFree = vi.fn();
  const engine = {
    isBusy: true,
    state: { phase },
    runName: 'first',
    onNews: () => ({ dispose: () => undefined }),
    begin,
    makeFree,
  };
  const session = new Session(
    {} as unknown as Playground,
    engine as unknown as Engine,
    {} as unknown as RunStore,
    {} as unknown as Messages,
  );
  return { session, begin, makeFree };
}

/** Question, detail and buttons. */
function question(): unknown[] {
  const [message, options, ...buttons] = asked.mock.calls[0] ?? [];
  return [message, (options as { detail?: string } | undefined)?.detail, ...buttons];
}

describe('the question before another run is begun', () => {
  it('says that the run in training is kept at its last step', async () => {
    const { session } = sessionIn('training');
    await session.trainTiny();
    expect(question()).toEqual([
      '“first” is being trained. Stop it and train another model?',
      'A stopped run is kept at its last step. Go on with it later by “Transformer: Resume Another Run”.',
      'Stop and Keep It',
    ]);
  });

  it('promises nothing of a run that is still being loaded', async () => {
    const { session, begin, makeFree } = sessionIn('loading');
    asked.mockResolvedValue('Stop It' as never);
    await session.trainTiny();
    expect(question()).toEqual([
      '“first” is still being loaded. Stop it and train another model?',
      'What was saved of it before stays. If it is new, nothing of it is kept.',
      'Stop It',
    ]);
    expect(makeFree).toHaveBeenCalledOnce();
    expect(begin).toHaveBeenCalledOnce();
  });

  it('does not come for a text that is too short to train on, and the run goes on', async () => {
    const { session, makeFree } = sessionIn('training');
    await expect(session.trainOnText(undefined, false)).rejects.toMatchObject({
      code: 'text-too-short',
      message: 'The text has 72 tokens, 64 of them for training, but a context of 64 needs 65.',
    });
    expect(asked).not.toHaveBeenCalled();
    expect(makeFree).not.toHaveBeenCalled();
  });
});
