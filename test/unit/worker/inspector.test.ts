/** @file Looking into a run from outside: what is seen, whose, and that the run does not notice. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as tf from '../../../webview/backends/tf';
import { yieldToEventLoop } from '../../../webview/backends/yield';
import { defaultPreset, defaultSampling } from '../../../webview/config/presets';
import { Window } from '../../../webview/inference/generate';
import type { AttentionRequest, LookedText } from '../../../webview/protocol/attentionMaps';
import type { Generated } from '../../../webview/protocol/engineApi';
import type { WhatIfRequest } from '../../../webview/protocol/whatIf';
import { batchOfStep } from '../../../webview/worker/dataset';
import { Inspector } from '../../../webview/worker/inspector';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { useBackend } from '../support/backends';
import { weightsOf } from '../support/models';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

class Inspected extends TestedSession {
  readonly looks = new PacedLooks(this.session);
  readonly inspector = new Inspector(this.session, this.looks);

  constructor() {
    super();
    inspected.push(this);
  }

  attention(of: LookedText, rest: Partial<AttentionRequest> = {}, signal = never) {
    const request = { of, thumbnail: 8, heads: [], live: false, ...rest };
    return this.inspector.attention(request, signal);
  }
}

const never = new AbortController().signal;
const inspected: Inspected[] = [];

afterEach(async () => {
  for (const { session } of inspected.splice(0)) {
    if (session.state.phase === 'training' || session.state.phase === 'paused')
      await session.stop();
  }
});

const pattern = 'decoder.0.selfAttention.pattern';

describe('attention in the engine', () => {
  it('is that of a text in the tokens of the run, at its step', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const seen = await tested.attention({ from: 'text', text: 'the cat' });
    expect(seen).toMatchObject({ runId: 'run-1', step: 0, cropped: 0 });
    expect(seen.tokens.map(({ label }) => label).join('')).toBe('the␣cat');
    await tested.session.step();
    expect(await tested.attention({ from: 'text', text: 'the cat' })).toMatchObject({ step: 1 });
  });

  it('is that of a window of the coming batch, and of tokens', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const { run } = tested.session;
    if (run === undefined) throw new Error('The run is gone.');
    const { inputs } = batchOfStep(run.dataset, run.config, 0);
    const ofBatch = await tested.attention({ from: 'batch', row: 1 });
    expect(ofBatch.tokens.map(({ id }) => id)).toEqual([...inputs.subarray(8, 16)]);
    const ofTokens = await tested.attention({ from: 'tokens', ids: inputs.slice(8, 16) });
    expect(ofTokens).toEqual(ofBatch);
    await expect(tested.attention({ from: 'batch', row: 2 })).rejects.toThrow('no window 2');
  });

  it('is that of what the model saw at the last token it wrote, and of nothing after it', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const { run } = tested.session;
    if (run === undefined) throw new Error('The run is gone.');
    const after = [...run.dataset.tokenizer.encode('on the mat')];
    const seen = async (prompt: string, count: number) => {
      const ids = Int32Array.from(after.slice(0, count));
      const { tokens, cropped } = await tested.attention({ from: 'model', prompt, after: ids });
      const window = new Window(run.trainer, [...run.dataset.tokenizer.encode(prompt)], false);
      for (const id of ids) window.append(id);
      expect(tokens.map(({ id }) => id)).toEqual(window.tokens);
      return [tokens.map(({ label }) => label).join(''), cropped];
    };
    // Windows hold 8 tokens: the older half goes when one is full.
    expect(await seen('the ', 4)).toEqual(['the␣on␣t', 0]);
    expect(await seen('the ', 5)).toEqual(['on␣th', 4]);
    expect(await seen('the ', 8)).toEqual(['on␣the␣m', 4]);
    expect(await seen('the ', 9)).toEqual(['he␣ma', 8]);
  });

  it('after an empty prompt begins at the token from which the model wrote', async () => {
    const tested = new Inspected();
    const { config } = defaultPreset;
    await tested.start(
      { ...longRun, data: config.data, model: { ...longRun.model, context: 32 } },
      { paused: true },
    );
    const pieces: Generated[] = [];
    const sampling = { ...defaultSampling, maxTokens: 3, stopAtEnd: false };
    const params = { id: 'g1', prompt: '', sampling };
    await tested.session.generate(params, never, (piece) => pieces.push(piece));
    const written = pieces.flatMap(({ tokens }) => tokens);
    const { begins } = pieces[0] ?? {};
    expect(begins).toEqual({ prompt: '', after: new Int32Array() });
    expect(pieces.slice(1).every((piece) => !('begins' in piece))).toBe(true);
    const after = Int32Array.from(written, ({ id }) => id);
    const seen = await tested.attention({ from: 'model', prompt: '', after });
    const start = { id: tested.session.run?.dataset.start, label: '<|endoftext|>' };
    expect(seen.tokens).toEqual([start, ...written.map(({ id, label }) => ({ id, label }))]);
    const [sample] = tested.told;
    if (sample === undefined) throw new Error('No sample was written.');
    const ofSample = await tested.attention({
      from: 'model',
      prompt: sample.sample.prompt,
      after: sample.ids,
    });
    expect(ofSample.tokens[0]).toEqual(start);
    expect(ofSample.tokens.slice(1).map(({ id }) => id)).toEqual([...sample.ids]);
  });

  it('is refused with what helps for a text the run cannot read, and without a run', async () => {
    const tested = new Inspected();
    const ask = (text: string) => tested.attention({ from: 'text', text });
    await expect(ask('the')).rejects.toMatchObject({ code: 'no-run' });
    await tested.start(longRun, { paused: true });
    await expect(ask('the Zoo')).rejects.toThrow("The character 'Z'");
    await expect(ask('')).rejects.toMatchObject({ code: 'text-empty' });
  });

  it('while the run trains comes as often as looking may cost, and not once superseded', async () => {
    const tested = new Inspected();
    await tested.start(longRun);
    const first = await tested.attention({ from: 'text', text: 'the cat' }, { live: true });
    const waiting = tested.attention({ from: 'text', text: 'the cat' }, { live: true });
    const ended: unknown[] = [];
    void Promise.allSettled([waiting]).then((results) => ended.push(...results));
    // As the worker does at each step: timers are served late while messages come.
    while (ended.length === 0) {
      await yieldToEventLoop();
      tested.looks.wake();
    }
    const second = await waiting;
    expect(second.step).toBeGreaterThan(first.step);
    const superseded = new AbortController();
    const third = tested.attention({ from: 'text', text: 'a' }, { live: true }, superseded.signal);
    superseded.abort();
    await expect(third).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('what heads do, in the engine', () => {
  it('is told with what silencing each would cost, of the weights of one moment', async () => {
    const tested = new Inspected();
    await tested.start(longRun);
    const found = await tested.inspector.headRoles({ silence: true, live: false }, never);
    expect(found.heads.map(({ path, head }) => [path, head])).toEqual([
      [pattern, 0],
      [pattern, 1],
    ]);
    // Training has gone on between the passes, and each is against the same weights.
    expect(tested.session.run?.step).toBeGreaterThan(found.step);
    for (const { silenced } of found.heads) expect(Math.abs(silenced ?? NaN)).toBeGreaterThan(0);
  });

  it('gives its memory back, also where nobody waits for it any more', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const before = tf.memory().numTensors;
    await tested.inspector.headRoles({ silence: true, live: false }, never);
    expect(tf.memory().numTensors).toBe(before);
    const gone = new AbortController();
    const { session } = tested;
    const look = session.look.bind(session);
    vi.spyOn(session, 'look').mockImplementationOnce((what, work) =>
      look(what, work).finally(() => {
        gone.abort();
      }),
    );
    const asked = tested.inspector.headRoles({ silence: true, live: false }, gone.signal);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is told no further when the run ends meanwhile', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const { session } = tested;
    let looks = 0;
    const look = session.look.bind(session);
    vi.spyOn(session, 'look').mockImplementation(async (what, work) => {
      // Another run begins between the passes.
      if (++looks === 3) await tested.start(longRun, { paused: true, runId: 'run-2' });
      return look(what, work);
    });
    const asked = tested.inspector.headRoles({ silence: true, live: false }, never);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(session.run?.runId).toBe('run-2');
  });
});

/** The first head, and a patch, in a text that has room to go on. */
const whatIfHeadIsSilent: WhatIfRequest = {
  of: { from: 'text', text: 'the ' },
  changes: [
    { do: 'zero', at: { part: 'head', path: pattern, head: 0 } },
    {
      do: 'patch',
      from: { from: 'text', text: 'cat ' },
      at: { part: 'value', path: 'decoder.0.mlp.output', positions: [3] },
    },
  ],
  sample: { tokens: 4, temperature: 0.8, seed: 7 },
};

describe('what if, in the engine', () => {
  it('goes on with the weights of one moment while the run trains, and gives them back', async () => {
    const tested = new Inspected();
    await tested.start(longRun);
    const seen = await tested.inspector.whatIf(whatIfHeadIsSilent, never);
    expect(tested.session.run?.step).toBeGreaterThan(seen.step);
    expect(seen.tokens.map(({ label }) => label).join('')).toBe('the␣');
    expect(seen.before.sample.tokens).toHaveLength(4);
    expect(seen.after.loss).not.toBe(seen.before.loss);
    expect(seen.next.length).toBeGreaterThanOrEqual(10);
    await tested.session.stop();
    const before = tf.memory().numTensors;
    const again = await tested.inspector.whatIf(whatIfHeadIsSilent, never);
    expect(again.step).toBe(tested.session.run?.step);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is cancelled between its passes, and refused with what helps', async () => {
    const tested = new Inspected();
    await tested.start(longRun, { paused: true });
    const before = tf.memory().numTensors;
    const gone = new AbortController();
    const asked = tested.inspector.whatIf(whatIfHeadIsSilent, gone.signal);
    gone.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    const longer: WhatIfRequest = { ...whatIfHeadIsSilent, of: { from: 'text', text: 'the cat' } };
    await expect(tested.inspector.whatIf(longer, never)).rejects.toMatchObject({
      code: 'patch-does-not-fit',
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a run that is looked into after every step', () => {
  it('learns the same bits as one that nobody looks into, and keeps no tensor of it', async () => {
    const alone = await stepped(async () => {
      // Nobody looks.
    });
    const weights = await weightsOfRun(alone);
    const tensors: number[] = [];
    const tested = await stepped(async (each) => {
      const { inspector } = each;
      const of = { from: 'batch', row: 0 } as const;
      await each.attention(of, { heads: [{ path: pattern, head: 'mean' }] });
      await inspector.headRoles({ silence: true, live: false }, never);
      await inspector.follow({ of, path: pattern, head: 1, query: 5 }, never);
      await inspector.logitLens({ of, top: 3 }, never);
      await inspector.circuit({ path: pattern, head: 0 }, never);
      await inspector.whatIf(whatIfHeadIsSilent, never);
      tensors.push(tf.memory().numTensors);
    });
    expect(await weightsOfRun(tested)).toEqual(weights);
    expect(tested.metrics.map(({ loss }) => loss)).toEqual(alone.metrics.map(({ loss }) => loss));
    expect(tensors.at(-1)).toBe(tensors[1]);
  });
});

async function weightsOfRun({ session }: TestedSession): Promise<Map<string, Float32Array>> {
  if (session.run === undefined) throw new Error('The run is gone.');
  return weightsOf(session.run.trainer.parameters);
}

/** A run of single steps, with something done after each. */
async function stepped(after: (tested: Inspected) => Promise<void>): Promise<Inspected> {
  const tested = new Inspected();
  await tested.start(shortRun({}, { steps: 5000, sampleEvery: 3, evaluateEvery: 3 }), {
    paused: true,
  });
  for (let step = 0; step < 6; step++) {
    await tested.session.step();
    await after(tested);
  }
  return tested;
}
