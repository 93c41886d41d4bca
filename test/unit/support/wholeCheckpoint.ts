/** @file A checkpoint for tests to which its weights do not matter. */
import type { RunConfig } from '../../../webview/config/run';
import { defaultPreset } from '../../../webview/config/presets';
import { writeCheckpoint } from '../../../webview/formats/checkpoint';

/** A checkpoint that can be continued from, as far as its file says. */
export function wholeCheckpoint(
  step: number,
  configuration: RunConfig = defaultPreset.config,
): ArrayBuffer {
  const nothing = { tokenizer: {}, random: {}, backend: {}, progress: {} };
  const tensors = { weights: new Map(), moments: new Map() };
  return writeCheckpoint({ step, configuration, ...nothing, ...tensors }).buffer;
}
