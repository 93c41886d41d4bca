/** @file What the attention page is told of the engine: a model that is there, and none else. */
import { describe, expect, it } from 'vitest';
import { attentionView } from '../../../extension/attention/attentionView';
import { attentionValidators } from '../../../extension/attention/attentionValidators';
import { WrittenText } from '../../../extension/attention/writtenText';
import { selectionSchema } from '../../../extension/pages/selectionSchema';
import type { EngineState } from '../../../webview/protocol/engineApi';

const viewOf = (state: EngineState) =>
  attentionView({ state, runName: 'Tiny GPT', selection: undefined });

describe('a run', () => {
  it('is shown while it trains, pauses, and after its end', () => {
    const run = { runId: 'r1', name: 'Tiny GPT', step: 7 };
    const counted = { runId: 'r1', step: 7, steps: 40 };
    expect(viewOf({ phase: 'training', ...counted }).run).toEqual(run);
    expect(viewOf({ phase: 'paused', ...counted }).run).toEqual(run);
    expect(viewOf({ phase: 'idle', last: { ...counted, outcome: 'stopped' } }).run).toEqual(run);
  });

  it('is not shown where its model is gone or not there yet', () => {
    const last = { runId: 'r1', step: 7, steps: 40, outcome: 'stopped', unloaded: true } as const;
    const failure = { code: 'x', message: 'x', remedy: 'x' };
    const states: EngineState[] = [
      { phase: 'idle' },
      { phase: 'idle', last },
      { phase: 'loading', runId: 'r1', activity: 'Reading' },
      { phase: 'failed', runId: 'r1', failure },
    ];
    for (const state of states) expect(viewOf(state)).toEqual({ phase: state.phase });
  });
});

describe('the text that was written last', () => {
  const tokensOf = (...ids: number[]) =>
    ids.map((id) => ({ id, label: 'a', text: 'a', probability: 1, alternatives: [] }));
  const piece = (id: string, ...ids: number[]) => ({ id, text: '', tokens: tokensOf(...ids) });
  const begun = (prompt: string, ...after: number[]) => ({
    begins: { prompt, after: Int32Array.from(after) },
  });
  const shownIn = ({ current }: WrittenText) =>
    current && [current.text.prompt, ...current.text.after];

  it('is a sample, or grows by its pieces from all that it goes on from', () => {
    const written = new WrittenText();
    const sample = { step: 1, prompt: 'a', text: 'dog', temperature: 1 };
    written.addSample({ sample, ids: Int32Array.of(4, 5) });
    expect(shownIn(written)).toEqual(['a', 4, 5]);
    written.addPiece({ ...piece('g1', 6), ...begun('the ') });
    const before = written.current?.number ?? NaN;
    written.addPiece(piece('g1', 7, 8));
    expect(shownIn(written)).toEqual(['the ', 6, 7, 8]);
    expect(written.current?.number).toBeGreaterThan(before);
    written.addPiece({ ...piece('g2', 9), ...begun('the ', 6, 7) });
    expect(shownIn(written)).toEqual(['the ', 6, 7, 9]);
  });

  it('is not one whose beginning was not heard: nobody knows what the model saw', () => {
    const written = new WrittenText();
    written.addPiece(piece('g1', 6));
    expect(written.current).toBeUndefined();
  });
});

describe('what a page or a link asks for', () => {
  it('is refused where it names no place of a model', () => {
    expect(selectionSchema.safeParse({ path: 'decoder.0', head: 1 }).success).toBe(true);
    for (const wrong of [
      undefined,
      'x',
      { head: 1 },
      { path: 'a', head: -1 },
      { path: 'a', token: 0.5 },
    ]) {
      expect(selectionSchema.safeParse(wrong).success).toBe(false);
    }
  });

  it('saves under a name, and in no folder of the page’s choice', () => {
    const file = { kind: 'csv', bytes: new ArrayBuffer(1) };
    const { save } = attentionValidators;
    expect(save.safeParse({ ...file, name: 'attention-layer-0.csv' }).success).toBe(true);
    for (const name of ['../a.csv', 'a/b.csv', 'a.exe', '']) {
      expect(save.safeParse({ ...file, name }).success).toBe(false);
    }
  });
});

describe('what the page asks of the model', () => {
  const { whatIf, logitLens, circuit, moment } = attentionValidators;
  const of = { from: 'text', text: 'the dog' };
  const sample = { tokens: 40, temperature: 0, seed: 1 };
  const layer = { part: 'layer', layer: 0 };

  it('is passed on when it is whole, and no patch of a layer, which has no value of its own', () => {
    const asks = (change: object): boolean =>
      whatIf.safeParse({ of, changes: [change], sample }).success;
    expect(asks({ do: 'zero', at: layer })).toBe(true);
    expect(asks({ do: 'mean', at: { part: 'head', path: 'x', head: 0, positions: [3] } })).toBe(
      true,
    );
    expect(asks({ do: 'patch', from: of, at: { part: 'value', path: 'x' } })).toBe(true);
    expect(asks({ do: 'patch', from: of, at: layer })).toBe(false);
    const model = { from: 'model', prompt: '', after: Int32Array.of(1) };
    expect(logitLens.safeParse({ of: model, top: 1 }).success).toBe(true);
    expect(logitLens.safeParse({ of: { ...model, after: [1] }, top: 1 }).success).toBe(false);
    expect(asks({ do: 'zero', at: { part: 'head', path: 'x', head: -1 } })).toBe(false);
  });

  it('is refused where it would keep the engine busy without end', () => {
    const changes = Array.from({ length: 101 }, () => ({ do: 'zero', at: layer }));
    expect(whatIf.safeParse({ of, changes, sample }).success).toBe(false);
    const endless = { ...sample, tokens: 1e6 };
    expect(whatIf.safeParse({ of, changes: [], sample: endless }).success).toBe(false);
    expect(logitLens.safeParse({ of, top: 1e6 }).success).toBe(false);
    expect(circuit.safeParse({ path: 'x', head: 0.5 }).success).toBe(false);
    expect(moment.safeParse({ step: -1 }).success).toBe(false);
  });
});
