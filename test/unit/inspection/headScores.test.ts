/** @file What heads are found to do, on patterns made by hand: no model. */
import { describe, expect, it } from 'vitest';
import { evenScores, nameRole, scoresOf } from '../../../webview/inspection/headScores';
import type { RoleScores } from '../../../webview/protocol/attentionMaps';

const period = 8;
const length = 2 * period;

/** A causal pattern in which each token looks at some others, in equal shares. */
function looking(at: (query: number) => readonly number[]): Float32Array {
  const pattern = new Float32Array(length ** 2);
  for (let query = 0; query < length; query++) {
    const keys = [...new Set(at(query).map((key) => Math.max(0, key)))];
    for (const key of keys) pattern[query * length + key] = 1 / keys.length;
  }
  return pattern;
}

const score = (...patterns: Float32Array[]): RoleScores =>
  scoresOf({ patterns, period, causal: true });
const even = evenScores(period, true);
const roleOf = (pattern: Float32Array): string => nameRole(score(pattern), even);
const upTo = (query: number): number[] => Array.from({ length: query + 1 }, (_, key) => key);

describe('a head that looks', () => {
  it('at the token before is a previous-token head', () => {
    const pattern = looking((query) => [query - 1]);
    expect(score(pattern)['previous-token']).toBe(1);
    expect(roleOf(pattern)).toBe('previous-token');
  });

  it('at the first token is a first-token head', () => {
    const pattern = looking(() => [0]);
    expect(score(pattern)['first-token']).toBe(1);
    expect(roleOf(pattern)).toBe('first-token');
  });

  it('at itself, or at where it stood before, is a same-token head', () => {
    expect(roleOf(looking((query) => [query]))).toBe('same-token');
    const both = looking((query) => (query < period ? [query] : [query, query - period]));
    expect(score(both)['same-token']).toBe(1);
    expect(roleOf(both)).toBe('same-token');
  });

  it('at what came after its token before is an induction head', () => {
    const pattern = looking((query) => [query < period ? 0 : query - period + 1]);
    expect(score(pattern).induction).toBe(1);
    expect(roleOf(pattern)).toBe('induction');
  });

  it('at all it may see alike is uniform, and scores what evenness scores', () => {
    const pattern = looking(upTo);
    expect(score(pattern).uniform).toBeCloseTo(1, 6);
    expect(roleOf(pattern)).toBe('uniform');
    // Σ 1/(t+1) over the fifteen queries after the first, by hand: H₁₆ − 1.
    const harmonic = Array.from({ length: 15 }, (_, at) => 1 / (at + 2));
    const mean = harmonic.reduce((sum, value) => sum + value, 0) / 15;
    expect(even['previous-token']).toBeCloseTo(mean, 6);
    expect(even['first-token']).toBeCloseTo(mean, 6);
    const second = harmonic.slice(period - 1).reduce((sum, value) => sum + value, 0);
    expect(even.induction).toBeCloseTo(second / period, 6);
    expect(even['same-token']).toBeCloseTo(mean + second / 15, 6);
    expect(even.uniform).toBeCloseTo(1, 6);
  });

  it('here and there is mixed: no role is clear', () => {
    const pattern = looking((query) => [query - 1, query - 2, query - 3]);
    expect(score(pattern)['previous-token']).toBeLessThan(0.4);
    expect(roleOf(pattern)).toBe('mixed');
  });
});

describe('the name of a role', () => {
  const scores = (change: Partial<RoleScores>): RoleScores => ({
    'previous-token': 0.1,
    'first-token': 0.1,
    'same-token': 0.1,
    induction: 0.1,
    uniform: 0.5,
    ...change,
  });

  it('is given above 0.4, not at it', () => {
    expect(nameRole(scores({ induction: 0.4 }), even)).toBe('mixed');
    expect(nameRole(scores({ induction: 0.41 }), even)).toBe('induction');
  });

  it('is given only above three times what even attention scores', () => {
    const high = scores({ 'previous-token': 0.2 });
    expect(nameRole(scores({ 'previous-token': 0.59 }), high)).toBe('mixed');
    expect(nameRole(scores({ 'previous-token': 0.61 }), high)).toBe('previous-token');
  });

  it('is that of the clearest of several', () => {
    expect(nameRole(scores({ induction: 0.5, 'same-token': 0.45 }), even)).toBe('induction');
  });

  it('is not “uniform” where a fifth of the weight lies elsewhere', () => {
    expect(nameRole(scores({ uniform: 0.79 }), even)).toBe('mixed');
    expect(nameRole(scores({ uniform: 0.81 }), even)).toBe('uniform');
  });
});

describe('how uniform a head is', () => {
  it('is the share of its weight that lies as even attention lays it', () => {
    // On one token of n lies 1/n of it: the mean of 1/n again.
    expect(score(looking(() => [0])).uniform).toBeCloseTo(even['first-token'], 6);
  });

  it('is the mean over the rows of the batch', () => {
    const [one, other] = [looking((query) => [query - 1]), looking(() => [0])];
    const both = score(one, other);
    expect(both['first-token']).toBeCloseTo(
      (score(one)['first-token'] + score(other)['first-token']) / 2,
      6,
    );
  });

  it('counts what comes later, too, where nothing is masked', () => {
    const whole = new Float32Array(length ** 2).fill(1 / length);
    const seen = scoresOf({ patterns: [whole], period, causal: false });
    expect(seen.uniform).toBeCloseTo(1, 6);
    expect(evenScores(period, false)['previous-token']).toBeCloseTo(1 / length, 6);
  });
});
