/**
 * @file Whether a fast engine leaves the page and the host time for anything else, and its last
 * word is heard.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { throttle } from '../../../webview/ui/state/throttle';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('a hundred requests a second become ten pieces of work, the last one included', () => {
  const work = vi.fn();
  const { request } = throttle(100, work);
  for (let ms = 0; ms < 1000; ms += 10) {
    request();
    vi.advanceTimersByTime(10);
  }
  expect(work.mock.calls.length).toBeLessThanOrEqual(11);
  expect(work.mock.calls.length).toBeGreaterThanOrEqual(9);
  const before = work.mock.calls.length;
  request();
  vi.advanceTimersByTime(1000);
  expect(work.mock.calls.length).toBe(before + 1);
});

it('the first request waits for nothing', () => {
  const work = vi.fn();
  throttle(100, work).request();
  expect(work).toHaveBeenCalledOnce();
});

it('what waits is done at once when flushed, not at all when cancelled', () => {
  const work = vi.fn();
  const { request, flush, cancel } = throttle(100, work);
  request();
  request();
  flush();
  expect(work).toHaveBeenCalledTimes(2);
  request();
  cancel();
  flush();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
});
