/**
 * @file How large the form says a model will be: exactly where its vocabulary is known, and what
 * follows for one that is too large, before anybody waits for it.
 */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../browser/harness/scenarios';
import { configForText } from '../../../webview/config/presets';
import { FormState } from '../../../webview/ui/state/formState';
import { PlaygroundState } from '../../../webview/ui/state/playgroundState';
import { memoryNote, modelSizeOf } from '../../../webview/ui/views/modelSize';

describe('the size of the model in the form', () => {
  const { data, ...config } = configForText('sums.txt');

  /** What stands in the form after a run on sums.txt. */
  function sizeFor(chosen: string | undefined, tokenizer = data.tokenizer): string {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    state.applyFacts({
      ...factsOf('text'),
      config: { ...config, data },
      textName: 'sums.txt',
      vocabulary: 15,
    });
    state.applyView({
      backend: 'auto',
      trusted: true,
      watching: false,
      ...(chosen === undefined ? {} : { textName: chosen }),
    });
    if (state.run.value !== undefined) form.showRun(state.run.value);
    form.set('data.tokenizer', tokenizer);
    return modelSizeOf({ state, form }).whole;
  }

  it('is that of the run for the same text, cut in the same way', () => {
    expect(sizeFor('sums.txt')).toMatch(/^[\d,]+ parameters with 15 tokens$/);
    expect(sizeFor('sums.txt', 'gpt2')).toContain('for each token of the vocabulary');
  });

  it('does not take the vocabulary of one text for that of another', () => {
    const unknown = /^\d+k parameters, and \d+ for each token of the vocabulary$/;
    expect(sizeFor('sonnets.txt')).toMatch(unknown);
    expect(sizeFor(undefined)).toMatch(unknown);
  });
});

describe('the note beside the number of parameters', () => {
  it('is nothing for a model that any backend can train', () => {
    expect(memoryNote(106_240)).toBe('');
    expect(memoryNote(200e6, 'wasm')).toBe('');
  });

  it('says what training needs, what WASM takes and what helps', () => {
    expect(memoryNote(600e6, 'wasm')).toBe(
      '. Training needs at least 12.0 GB of memory, and WASM takes up to 4.3 GB: choose WebGPU or a smaller model.',
    );
    expect(memoryNote(600e6, 'auto')).toContain('only WebGPU may have more');
    expect(memoryNote(600e6, 'cpu')).toContain('plain CPU takes up to 4.3 GB');
    expect(memoryNote(600e6, 'webgpu')).toBe('');
  });

  it('says of a model larger than any backend that none can train it', () => {
    expect(memoryNote(9.67e9)).toBe(
      '. Training needs at least 193 GB of memory: more than there is on any backend.',
    );
  });
});
