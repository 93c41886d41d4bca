/** @file What the page is told of a first loss. */
import { describe, expect, it } from 'vitest';
import { defaultPreset } from '../../../webview/config/presets';
import { checkFirstLoss } from '../../../webview/worker/health';

const { model } = defaultPreset.config;
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

  it.each([
    [1, 'the logits are too large'],
    [-1, 'may see its own answers'],
  ])('off by %f nats is a warning that says what it suggests', (off, suggestion) => {
    const notice = checkFirstLoss(lnV + off, lnV, model);
    expect(notice?.severity).toBe('warning');
    expect(notice?.message).toContain(suggestion);
  });
});
