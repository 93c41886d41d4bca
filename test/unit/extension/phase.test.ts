/** @file A command that cannot work says what is missing. */
import { describe, expect, it, vi } from 'vitest';
import { isBusy, requirePhase, type Control, type Phase } from '../../../extension/engine/phase';

vi.mock('vscode', () => import('../support/vscode'));

const phases: Phase[] = ['idle', 'loading', 'training', 'paused', 'failed'];
const controls: Control[] = ['pause', 'resume', 'step', 'stop', 'save'];

describe('controls of a run', () => {
  it.each([
    ['pause', ['training']],
    ['resume', ['paused']],
    ['step', ['paused']],
    ['stop', ['loading', 'training', 'paused']],
    ['save', ['training', 'paused']],
  ] as const)('%s works while %j and nowhere else', (control, working) => {
    for (const phase of phases) {
      const check = (): void => {
        requirePhase(control, phase);
      };
      if ((working as readonly Phase[]).includes(phase)) expect(check).not.toThrow();
      else expect(check).toThrow();
    }
  });

  it('names a remedy in every case', () => {
    for (const control of controls) {
      for (const phase of phases) {
        try {
          requirePhase(control, phase);
        } catch (error) {
          expect(error).toMatchObject({ code: `cannot-${control}` });
          expect((error as { remedy: string }).remedy).not.toBe('');
        }
      }
    }
  });

  it('holds the engine while loading, training and paused', () => {
    expect(phases.filter(isBusy)).toEqual(['loading', 'training', 'paused']);
  });
});
