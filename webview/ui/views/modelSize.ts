/**
 * @file How large the model of the form will be, as far as that can be said before the text is cut
 * into tokens.
 */
import type { BackendChoice } from '../../config/backend';
import { bytesPerParameter, formatBytes, memoryLimits } from '../../config/memory';
import { countParameters } from '../../config/parameters';
import { formatCount, formatShortCount } from '../format';
import type { PageContent } from './pageContext';

export interface ModelSize {
  /** For a line that says more. */
  readonly short: string;
  /** A sentence of its own. */
  readonly whole: string;
}

/** Reads the page's signals: call it while rendering. */
export function modelSizeOf({ state, form }: PageContent): ModelSize {
  const reading = form.configured.value;
  if (!reading.ok) {
    return { short: '', whole: 'Correct the values marked to see the model’s size.' };
  }
  const { model, data } = reading.value;
  const note = (parameters: number): string => memoryNote(parameters, state.view.value?.backend);
  const facts = state.facts.value;
  const sameTokens =
    facts?.config.data.source === data.source &&
    facts.config.data.tokenizer === data.tokenizer &&
    facts.config.data.vocabulary === data.vocabulary;
  if (sameTokens) {
    const { total } = countParameters({ ...model, vocabulary: facts.vocabulary });
    return {
      short: `${formatCount(total)} parameters`,
      whole: `${formatCount(total)} parameters with ${formatCount(facts.vocabulary)} tokens${note(total)}`,
    };
  }
  const { total } = countParameters({ ...model, vocabulary: 0 });
  const each = model.dModel * (model.tied ? 1 : 2);
  return {
    short: `about ${formatShortCount(total)} parameters`,
    whole: `${formatShortCount(total)} parameters, and ${formatCount(each)} for each token of the vocabulary${note(total)}`,
  };
}

/**
 * What follows a number of parameters that is too large to train without WebGPU, or at all; mostly
 * nothing.
 */
export function memoryNote(parameters: number, choice: BackendChoice = 'auto'): string {
  const needed = bytesPerParameter * parameters;
  if (needed <= memoryLimits.wasm) return '';
  const training = `. Training needs at least ${formatBytes(needed)} of memory`;
  if (needed > memoryLimits.webgpu) return `${training}: more than there is on any backend.`;
  if (choice === 'webgpu') return '';
  const host = choice === 'cpu' ? 'plain CPU' : 'WASM';
  const remedy =
    choice === 'auto' ? 'only WebGPU may have more' : 'choose WebGPU or a smaller model';
  return `${training}, and ${host} takes up to ${formatBytes(memoryLimits.wasm)}: ${remedy}.`;
}
