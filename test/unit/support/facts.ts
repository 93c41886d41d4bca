/** @file What the engine tells of a run, for tests to which most of it does not matter. */
import { defaultPreset } from '../../../webview/config/presets';
import type { RunFacts } from '../../../webview/protocol/engineApi';

/** A run of the default model, with what a test says otherwise. */
export function factsOf(runId: string, facts: Partial<RunFacts> = {}): RunFacts {
  return {
    runId,
    name: defaultPreset.config.name,
    config: defaultPreset.config,
    step: 0,
    parameters: 106_240,
    vocabulary: 32,
    trainTokens: 900,
    validationTokens: 100,
    charactersPerToken: 1,
    baselines: { uniform: 3.466, bigram: 1.639, trigram: 0.816, floor: 0.149 },
    backend: { backend: 'wasm', reason: 'tested', rejected: [], versions: {} },
    notices: [],
    ...facts,
  };
}
