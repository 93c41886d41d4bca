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

/** A session in whose engine a run of the name “first” is in `phase`, until it is made free. */
function sessionIn(phase: EngineState['phase']) {
  const engine = {
    isBusy: true,
    state: { phase },
    runName: 'first',
    onNews: () => ({ dispose: () => undefined }),
    onDidChange: () => ({ dispose: () => undefined }),
    begin: vi.fn(({ name }: { readonly name: string }) => {
      engine.isBusy = true;
      engine.state = { phase: 'loading' };
      engine.runName = name;
      return Promise.resolve();
    }),
    makeFree: vi.fn(() => {
      engine.isBusy = false;
      return Promise.resolve();
    }),
  };
  const { begin, makeFree } = engine;
  const session = new Session(
    { endpoint: undefined } as unknown as Playground,
    engine as unknown as Engine,
    {} as unknown as RunStore,
    {} as unknown as Messages,
  );
  return { session, engine, begin, makeFree };
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

  it('says of a run that is being loaded what stays true when it trains at last', async () => {
    const { session, begin, makeFree } = sessionIn('loading');
    asked.mockResolvedValue('Stop It' as never);
    await session.trainTiny();
    expect(question()).toEqual([
      '“first” has just been started. Stop it and train another model?',
      'What was saved of it before stays. Once it has trained a step it is kept at its last one. Go on with it later by “Transformer: Resume Another Run”.',
      'Stop It',
    ]);
    expect(makeFree).toHaveBeenCalledOnce();
    expect(begin).toHaveBeenCalledOnce();
  });

  it('is asked again by the second of two commands that waited for the same stop', async () => {
    const { session, engine, begin, makeFree } = sessionIn('training');
    let stopped = (): void => undefined;
    const stopping = new Promise<void>((resolve) => {
      stopped = () => {
        engine.isBusy = false;
        resolve();
      };
    });
    makeFree.mockReturnValue(stopping);
    asked.mockResolvedValueOnce('Stop and Keep It' as never);
    asked.mockResolvedValueOnce('Stop and Keep It' as never);
    const both = Promise.all([session.trainTiny(), session.trainTiny()]);
    await vi.waitFor(() => {
      expect(makeFree).toHaveBeenCalledTimes(2);
    });
    stopped();
    await both;
    expect(begin).toHaveBeenCalledOnce();
    expect(asked).toHaveBeenCalledTimes(3);
    expect(asked.mock.lastCall?.[0]).toMatch(/^“Tiny GPT” has just been started\./);
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
