/** @file What heads do is told of the weights that stand, however they came to stand. */
import { expect, it } from 'vitest';
import { PlaygroundError } from '../../../../webview/config/errors';
import type { AttentionView } from '../../../../webview/protocol/attentionApi';
import type { HeadRolesFound, HeadRolesRequest } from '../../../../webview/protocol/attentionMaps';
import { AttentionState } from '../../../../webview/ui/views/attention/attentionState';
import { RolesKeeper } from '../../../../webview/ui/views/attention/rolesKeeper';
import { shownMaps } from '../../../../webview/ui/views/attention/shownMaps';

const path = 'decoder.0.selfAttention.pattern';

/** A page with a picture of one head at a step. */
function pageAt(step: number, phase: AttentionView['phase']): AttentionState {
  const state = new AttentionState(undefined);
  move(state, step, phase);
  return state;
}

function move(state: AttentionState, step: number, phase: AttentionView['phase']): void {
  state.view.value = { phase, run: { runId: 'r1', name: 'Stories', step } };
  const answer = {
    runId: 'r1',
    step,
    tokens: [{ id: 0, label: 'a' }],
    cropped: 0,
    modules: [{ path, heads: 1 }],
    thumbnail: 0,
    thumbnails: [],
    patterns: [],
  };
  state.maps.value = shownMaps(answer, []);
}

/** An engine that answers when it is told to. */
class SlowEngine {
  readonly asked: HeadRolesRequest[] = [];
  #resolve: (found: HeadRolesFound) => void = () => undefined;
  #reject: (error: PlaygroundError) => void = () => undefined;

  readonly ask = (params: HeadRolesRequest): Promise<HeadRolesFound> => {
    this.asked.push(params);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  };

  /** Everybody who waits for an answer has acted on it when this ends. */
  async answer(step: number): Promise<void> {
    const even = {
      'previous-token': 0,
      'first-token': 0,
      'same-token': 0,
      induction: 0,
      uniform: 1,
    };
    this.#resolve({ runId: 'r1', step, period: 2, even, heads: [] });
    await new Promise(setImmediate);
  }

  async fail(error: PlaygroundError): Promise<void> {
    this.#reject(error);
    await new Promise(setImmediate);
  }
}

it('a run that is paused while its heads are scored is scored again where it stands, and each head silenced', async () => {
  const state = pageAt(10, 'training');
  const engine = new SlowEngine();
  const keeper = new RolesKeeper(state, engine.ask);
  keeper.lookAt(10);
  move(state, 12, 'paused');
  keeper.lookAt(12);
  await engine.answer(10);
  expect(engine.asked).toEqual([
    { silence: false, live: true },
    { silence: true, live: false },
  ]);
  await engine.answer(12);
  expect([state.roles.value?.step, state.silencing.value?.step]).toEqual([12, 12]);
  expect(engine.asked).toHaveLength(2);
});

it('a single step while heads are silenced does not leave the numbers of the step before', async () => {
  const state = pageAt(12, 'paused');
  const engine = new SlowEngine();
  const keeper = new RolesKeeper(state, engine.ask);
  keeper.lookAt(12);
  move(state, 13, 'paused');
  keeper.lookAt(13);
  await engine.answer(12);
  await engine.answer(13);
  expect(state.silencing.value?.step).toBe(13);
});

const tooShort = new PlaygroundError({
  code: 'context-too-short',
  message: 'A context of 2 is too short for that.',
  remedy: 'Train a model with a context of at least 4.',
});

it.each(['training', 'paused'] as const)(
  'a model whose heads cannot be scored says why beside them, and nobody is interrupted: %s',
  async (phase) => {
    const state = pageAt(12, phase);
    const engine = new SlowEngine();
    const keeper = new RolesKeeper(state, engine.ask);
    keeper.lookAt(12);
    await engine.fail(tooShort);
    expect(state.unscored.value?.message).toBe('A context of 2 is too short for that.');
    expect(state.problem.value).toBeUndefined();
    expect(engine.asked).toHaveLength(1);
  },
);

it('silencing that the user asked for and did not get is told at once', async () => {
  const state = pageAt(12, 'paused');
  const engine = new SlowEngine();
  const keeper = new RolesKeeper(state, engine.ask);
  keeper.silence();
  await engine.fail(tooShort);
  expect(state.problem.value?.message).toBe('A context of 2 is too short for that.');
  keeper.silence();
  await engine.answer(12);
  expect(state.unscored.value).toBeUndefined();
});
