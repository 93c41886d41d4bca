/**
 * @file Whether the configuration is there when something is to be configured, and out of the way
 * when not.
 */
import { describe, expect, it } from 'vitest';
import { configurationView } from '../../../webview/ui/state/configurationView';

const run = { hasRun: true, isValid: true, wanted: undefined } as const;

describe('the configuration', () => {
  it('stands open before the first run, and cannot be closed', () => {
    const view = configurationView({ ...run, phase: 'idle', hasRun: false, wanted: false });
    expect(view).toEqual({ open: true, canToggle: false });
  });

  it('makes room while a run loads, even where the one before it was edited', () => {
    expect(configurationView({ ...run, phase: 'loading', wanted: true }).open).toBe(false);
  });

  it.each(['training', 'paused'] as const)(
    'is a line while a run is %s, until asked for',
    (phase) => {
      expect(configurationView({ ...run, phase })).toEqual({ open: false, canToggle: true });
      expect(configurationView({ ...run, phase, wanted: true }).open).toBe(true);
    },
  );

  it('stays a line when a run ends, and opens when one fails, for what is to be changed', () => {
    expect(configurationView({ ...run, phase: 'idle' }).open).toBe(false);
    expect(configurationView({ ...run, phase: 'failed' }).open).toBe(true);
    expect(configurationView({ ...run, phase: 'failed', wanted: false }).open).toBe(false);
  });

  it('does not hide a value that is wrong', () => {
    const view = configurationView({ ...run, phase: 'idle', isValid: false, wanted: false });
    expect(view).toEqual({ open: true, canToggle: false });
  });
});
