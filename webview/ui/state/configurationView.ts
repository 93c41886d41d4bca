/** @file When the configuration stands open. Pure. */
import type { EngineState } from '../../protocol/engineApi';

export interface ConfigurationInput {
  readonly phase: EngineState['phase'];
  /** A run is on the page, active or not. */
  readonly hasRun: boolean;
  /** What stands in the form can be trained. */
  readonly isValid: boolean;
  /** What the user chose for the run on the page; absent before any choice. */
  readonly wanted: boolean | undefined;
}

export interface ConfigurationView {
  readonly open: boolean;
  /** The user may choose; otherwise what is there to do needs it as it is. */
  readonly canToggle: boolean;
}

/**
 * Open where something is to be configured: before the first run, after one that failed, and while
 * a value is wrong. During a run, and after one that ended well, what was learned has the room.
 */
export function configurationView(input: ConfigurationInput): ConfigurationView {
  const { phase, hasRun, isValid, wanted } = input;
  switch (phase) {
    case 'loading':
      return { open: false, canToggle: false };
    case 'training':
    case 'paused':
      return { open: wanted ?? false, canToggle: true };
    case 'idle':
    case 'failed':
      if (!hasRun || !isValid) return { open: true, canToggle: false };
      return { open: wanted ?? phase === 'failed', canToggle: true };
    default:
      return phase satisfies never;
  }
}
