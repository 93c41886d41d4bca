/** @file Whether Stop waits as long as a slow step takes, and no longer than a fast one needs. */
import { describe, expect, it } from 'vitest';
import { stopPatience } from '../../../webview/ui/state/stopPatience';

const elapsed = (...times: readonly number[]) => times.map((time) => ({ time: 0, elapsed: time }));

describe('the patience of Stop', () => {
  it('is ten seconds for steps of milliseconds', () => {
    expect(stopPatience(elapsed(0, 20, 40, 60))).toBe(10_000);
  });

  it('grows with the longest step, evaluations and samples included', () => {
    expect(stopPatience(elapsed(0, 30_000, 75_000, 105_000))).toBe(135_000);
  });

  it('counts what came before the first point', () => {
    expect(stopPatience(elapsed(20_000, 21_000))).toBe(60_000);
  });

  it('is a minute while nothing is measured', () => {
    expect(stopPatience([])).toBe(60_000);
    expect(stopPatience(elapsed(5))).toBe(60_000);
  });

  it('goes by the time of steps in runs that measured no other', () => {
    expect(stopPatience([{ time: 0 }, { time: 8000 }])).toBe(24_000);
  });
});
