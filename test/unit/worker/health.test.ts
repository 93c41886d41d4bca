/** @file What the page is told of a first loss, and when a run is given up. */
import { describe, expect, it } from 'vitest';
import { defaultPreset } from '../../../webview/config/presets';
import { checkFirstLoss, checkSteps } from '../../../webview/worker/health';

const { model, training } = defaultPreset.config;
const lnV = Math.log(32);

describe('a first loss', () => {
  it('of ln V ± 0.1 nats is as it should be', () => {
    expect(checkFirstLoss(lnV + 0.09, lnV, model)).toBeUndefined();
    expect(checkFirstLoss(lnV - 0.09, lnV, model)).toBeUndefined();
  });

  it('a little off is called chance', () => {
    const notice = checkFirstLoss(lnV + 0.2, lnV, model);
    expect(notice?.severity).toBe('information');
    expect(notice?.message).toContain('ln V = 3.47');
    expect(notice?.message).toContain('chance');
  });

  // Measured on models of that width that nothing has trained, six seeds each.
  it.each([
    [768, 0.1, 0.26, '0.15'],
    [1024, 0.15, 0.26, '0.20'],
  ])('of a width of %d is explained by the width', (dModel, least, most, cost) => {
    const wide = { ...model, dModel };
    for (const off of [least + 0.001, most]) {
      const notice = checkFirstLoss(lnV + off, lnV, wide);
      expect(notice?.severity).toBe('information');
      expect(notice?.message).toContain(`a width of ${dModel} start with a spread of`);
      expect(notice?.message).toContain(`costs ${cost} nats`);
    }
    expect(checkFirstLoss(lnV - 0.2, lnV, wide)?.message).toContain('chance');
    expect(checkFirstLoss(lnV + 1, lnV, wide)?.severity).toBe('warning');
  });

  it.each([
    [1, 'spread too far'],
    [-1, 'may see its own answers'],
  ])('off by %f nats is a warning that says what it suggests', (off, suggestion) => {
    const notice = checkFirstLoss(lnV + off, lnV, model);
    expect(notice?.severity).toBe('warning');
    expect(notice?.message).toContain(suggestion);
  });
});

it('a first loss better than a guess may come from a text that repeats its tokens', () => {
  const saying = (tied: boolean) => checkFirstLoss(lnV - 1, lnV, { ...model, tied })?.message;
  expect(saying(true)).toContain('does well on a text that repeats its tokens');
  expect(saying(false)).not.toContain('repeats its tokens');
});

describe('a run whose loss explodes', () => {
  const after = (loss: number) => () => {
    checkSteps([{ step: 70, loss, gradientNorm: 1 }], lnV, training);
  };

  it('goes on below ten times the loss of a uniform guess, and is given up above', () => {
    expect(after(34)).not.toThrow();
    expect(after(35)).toThrow('Training diverged at step 70: the loss is 35.0, more than 10 times');
  });

  it('is given up by ten nats where a guess among few tokens costs less than one', () => {
    const among2 = (loss: number) => () => {
      checkSteps([{ step: 70, loss, gradientNorm: 1 }], Math.log(2), training);
    };
    expect(among2(9.9)).not.toThrow();
    expect(among2(10.1)).toThrow('Training diverged');
  });
});

describe('the remedy of a run that is given up', () => {
  const remedy = (clipNorm: number): unknown => {
    try {
      checkSteps([{ step: 1, loss: NaN, gradientNorm: 1 }], lnV, { ...training, clipNorm });
    } catch (error) {
      return (error as { remedy: string }).remedy;
    }
    return undefined;
  };

  it('reads as a choice, with what the values are', () => {
    expect(remedy(1)).toBe(
      'Lower the learning rate (it was 0.003), or lengthen the warm-up (100 steps).',
    );
    expect(remedy(0)).toBe(
      'Lower the learning rate (it was 0.003), lengthen the warm-up (100 steps), ' +
        'or switch gradient clipping on (1 is usual).',
    );
  });
});

describe('a run whose numbers are none any more', () => {
  it.each([NaN, Infinity])('is given up when its gradient’s length is %f', (gradientNorm) => {
    const check = () => {
      checkSteps([{ step: 70, loss: 2, gradientNorm }], lnV, training);
    };
    expect(check).toThrow(
      `Training diverged at step 70: the gradient’s length is ${gradientNorm}.`,
    );
  });
});
