/** @file Samples within a limit of time, on a clock that only the work moves. */
import { describe, expect, it } from 'vitest';

import { sample } from '../../bench/sample';
import { shareOf } from '../../bench/share';
import { spreadOf } from '../../bench/spread';

/** Work that takes `first` seconds once, then `rest` each time; its value is its number. */
async function sampled(first: number, rest: number, { samples = 20, seconds = 4, warmUps = 5 }) {
  let clock = 0;
  let count = 0;
  let warmedAt = 0;
  const values = await sample(
    { samples, seconds },
    {
      warmUps,
      now: () => clock,
      began: (done) => {
        expect(done).toBe(count);
        warmedAt = count;
      },
      work: () => {
        clock += 1000 * (count === 0 ? first : rest);
        return Promise.resolve(++count);
      },
    },
  );
  return { values, warmedAt };
}

describe('samples', () => {
  it('are as many as wanted where there is time, and none of them is a warm-up', async () => {
    const { values, warmedAt } = await sampled(0.1, 0.01, { samples: 3 });
    expect(warmedAt).toBe(5);
    expect(values).toEqual([6, 7, 8]);
  });

  it('are fewer where they take too long', async () => {
    expect(await sampled(1, 1, {})).toEqual({ values: [4, 5, 6, 7], warmedAt: 3 });
  });

  it('are one at least, after one that did not count', async () => {
    expect(await sampled(60, 30, {})).toEqual({ values: [2], warmedAt: 1 });
  });

  it('come from warm work even if compiling took longer than all of the time', async () => {
    expect((await sampled(60, 0.1, {})).warmedAt).toBe(5);
  });
});

describe('the time of a run', () => {
  it('is never given out twice, and leaves some for the rest', () => {
    expect(shareOf(480, 18)).toBe(40);
    expect(shareOf(300, 2)).toBe(225);
    expect(shareOf(75, 1)).toBe(75);
    expect(shareOf(-3, 4)).toBe(0);
  });
});

describe('a spread', () => {
  it('has the middle value, or the mean of the middle two', () => {
    expect(spreadOf([3, 1, 10])).toEqual({ median: 3, min: 1, max: 10, samples: 3 });
    expect(spreadOf([4, 1, 10, 2])).toEqual({ median: 3, min: 1, max: 10, samples: 4 });
  });
});
