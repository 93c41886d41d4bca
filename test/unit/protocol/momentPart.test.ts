/** @file What was seen of a run, written and read back, whole and damaged. */
import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../webview/protocol/moments';
import {
  joinMomentParts,
  readableParts,
  readMomentPart,
  readMomentRoles,
  writeMomentPart,
} from '../../../webview/protocol/momentPart';
import { gainedAt, momentAt, partOf, path, scores } from '../support/moments';

const other = 'decoder.1.selfAttention.pattern';

/** With all that a moment may have, and numbers that JSON has no word for. */
const full: Omit<Moment, 'runId'> = {
  step: 250,
  trainingLoss: { step: 248, value: 1 / 3 },
  validationLoss: 1.75,
  gained: [gainedAt(250)],
  sample: { step: 240, text: 'the “dog”\n\ud800' },
  tokens: [
    { id: 7, label: '·' },
    { id: 3, label: 'd' },
  ],
  modules: [
    { path, heads: 2 },
    { path: other, heads: 1 },
  ],
  cells: 2,
  patterns: [Uint8Array.of(255, 0, 128, 127, 255, 0, 1, 254), Uint8Array.of(255, 0, 3, 252)],
  top: 2,
  nextIds: Int32Array.of(3, 9, 9, 7),
  nextProbabilities: Float32Array.of(0.1, NaN, 0.5, 0.25),
  vocabulary: [
    { id: 3, label: 'd' },
    { id: 7, label: '·' },
    { id: 9, label: '\\xE2' },
  ],
  heads: [
    { path, head: 0, role: 'induction', scores: { ...scores, induction: 0.1 + 0.2 } },
    { path, head: 1, role: 'mixed', scores: { ...scores, uniform: NaN }, silenced: -Infinity },
  ],
};

const roles = { began: [{ path, head: 1, role: 'uniform' }], gained: [gainedAt(250)] } as const;

describe('a part', () => {
  it('comes back as it was, to the bit', () => {
    const second = { ...full, step: 500, gained: [], validationLoss: Infinity };
    const part = { moments: [full, second], roles };
    expect(readMomentPart(writeMomentPart(part))).toEqual(part);
    expect(readMomentRoles(writeMomentPart(part))).toEqual(roles);
  });

  it('gives moments memory of their own, so that one alone does not hold the whole file', () => {
    const [moment] = readMomentPart(writeMomentPart({ moments: [full], roles })).moments;
    const arrays = [...(moment?.patterns ?? []), moment?.nextIds, moment?.nextProbabilities];
    expect(arrays.map((array) => array?.buffer.byteLength)).toEqual([8, 4, 16, 16]);
  });

  it('of a model without attention and with no sample is written too', () => {
    const bare = { ...momentAt(0), modules: [], patterns: [], cells: 0 };
    const { runId, ...known } = bare;
    expect(runId).toBe('a');
    const read = readMomentPart(writeMomentPart({ moments: [bare], roles }));
    // A loss of 1 / 0, which JSON has no word for.
    expect(read.moments).toEqual([known]);
  });
});

describe('a part that is damaged', () => {
  const whole = writeMomentPart({ moments: [full], roles });
  const changed = (from: string, to: string): Uint8Array => {
    const text = Buffer.from(whole).toString('latin1');
    expect(text).toContain(from);
    return Buffer.from(text.replace(from, to), 'latin1');
  };

  it.each([0, 1, 7, 8, 100, whole.length - 17, whole.length - 1])(
    'is refused when it is cut off after %i bytes',
    (length) => {
      expect(() => readMomentPart(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'safetensors' }) as Error,
      );
    },
  );

  it.each([
    ['lacks a tensor', '250.patterns.1', '250.patterns.9'],
    ['has a tensor of another size', '[2,2,2]', '[2,1,4]'],
    ['has no label for a token', '[[7,', '[[8,'],
    ['names a role that there is not', '\\"role\\":\\"mixed\\"', '\\"role\\":\\"mixer\\"'],
    ['counts what cannot be counted', '\\"cells\\":2', '\\"cells\\":-'],
    ['is of another version', 'moments-version":"1"', 'moments-version":"9"'],
    ['says nothing of moments', 'moments-version', 'moments-verzion'],
  ])('is refused when it %s', (_, from, to) => {
    expect(() => readMomentPart(changed(from, to))).toThrow(
      expect.objectContaining({ code: 'moments' }) as Error,
    );
  });

  it('is left out and counted, and the others are read', () => {
    const { read, damaged } = readableParts([partOf([0]), whole.subarray(0, 50), partOf([9])]);
    expect(read.map(({ moments }) => moments.map(({ step }) => step))).toEqual([[0], [9]]);
    expect(damaged).toBe(1);
  });
});

describe('parts as one', () => {
  it('have each step once, as the last part has it, and all that heads have had', () => {
    const late = { ...momentAt(5), trainingLoss: { step: 4, value: 9 } };
    const first = { moments: [momentAt(0), momentAt(5)], roles: { began: [], gained: [] } };
    const joined = joinMomentParts([first, { moments: [late, momentAt(10)], roles }]);
    expect(joined?.moments.map(({ step, trainingLoss }) => [step, trainingLoss?.value])).toEqual([
      [0, Infinity],
      [5, 9],
      [10, 0.1],
    ]);
    expect(joined?.roles).toEqual(roles);
    expect(joinMomentParts([])).toBeUndefined();
  });
});
