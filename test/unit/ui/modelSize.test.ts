/** @file What the form says of a model that is too large, before anybody waits for it. */
import { describe, expect, it } from 'vitest';

import { memoryNote } from '../../../webview/ui/views/modelSize';

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
