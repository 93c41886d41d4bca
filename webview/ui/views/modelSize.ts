/**
 * @file How large the model of the form will be, as far as that can be said before the text is cut
 * into tokens.
 */
import type { BackendChoice } from '../../config/backend';
import { formatCount } from '../../config/counts';
import type { DataConfig } from '../../config/data';
import { bytesPerParameter, formatBytes, memoryLimits } from '../../config/memory';
import { countParameters } from '../../config/parameters';
import type { RunFacts } from '../../protocol/engineApi';
import { formatShortCount } from '../format';
import type { PageContent } from './pageContext';

export interface ModelSize {
  /** For a line that says more. */
  readonly short: string;
  /** A sentence of its own. */
  readonly whole: string;
}

/** Reads the page's signals: call it while rendering. */
export function modelSizeOf({ state, form }: Pick<PageContent, 'state' | 'form'>): ModelSize {
  const reading = form.configured.value;
  if (!reading.ok) {
    return { short: '', whole: 'Correct the values marked to see the model’s size.' };
  }
  const { model, data } = reading.value;
  const note = (parameters: number): string => memoryNote(parameters, state.view.value?.backend);
  const facts = state.facts.value;
  if (facts !== undefined && hasSameTokens(facts, data, form.textName.value)) {
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

/** Whether the run on the page cut the very text that the form names as the form says. */
function hasSameTokens(
  { config, textName }: RunFacts,
  { source, tokenizer, vocabulary }: DataConfig,
  chosen: string | undefined,
): boolean {
  const { data } = config;
  const sameText = source === 'stories' || (textName !== undefined && textName === chosen);
  return (
    sameText &&
    data.source === source &&
    data.tokenizer === tokenizer &&
    data.vocabulary === vocabulary
  );
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
