/** @file The bench's table. */
import { describe, expect, it } from 'vitest';

import type { Measured } from '../../bench/plan';
import { lineOf, tableOf } from '../../bench/table';
import { spreadOf } from '../../bench/spread';

function measuredOf(step: number, rest: Partial<Measured> = {}): Measured {
  return {
    warmUpSteps: 5,
    step: spreadOf([step]),
    issuing: spreadOf([step / 2]),
    processor: spreadOf([step * 2]),
    tokensPerSecond: 1000,
    bytes: 2e6,
    tensorsBefore: 109,
    tensorsAfter: 109,
    ...rest,
  };
}

const adapter = {
  vendor: 'google',
  architecture: 'swiftshader',
  description: 'SwiftShader driver',
  software: true,
};

describe('the table of the bench', () => {
  it('compares ours with plain tfjs where both were measured', () => {
    const subject = { configuration: 'tiny', backend: 'wasm' } as const;
    const line = lineOf(subject, measuredOf(10), measuredOf(40));
    expect(line).toMatchObject({ ratio: 0.25, processorRatio: 0.25 });
    expect(tableOf([line])).toMatch(/10\.0 \(10\.0–10\.0\).*109 → 109.*40\.0.*0\.250/);
  });

  it('has no figure for looking where nothing was looked at', () => {
    const [unwatched, watched, moment] = [spreadOf([9]), spreadOf([9]), spreadOf([22])];
    const cellOf = (looks: number, share: number): string | undefined => {
      const looking = { unwatched, watched, ratio: 1, share, looks, moment };
      const subject = { configuration: 'tiny', backend: 'cpu' } as const;
      const [, row = ''] = tableOf([lineOf(subject, measuredOf(10, { looking }), undefined)]).split(
        '\n',
      );
      return row.split(/ +/).at(-2);
    };
    expect(cellOf(3, 0.015)).toBe('1.50');
    expect(cellOf(0, 0)).toBe('–');
  });

  it('says of an emulated GPU that it is one', () => {
    const subject = { configuration: 'tiny', backend: 'webgpu' } as const;
    const table = tableOf([lineOf(subject, measuredOf(900, { adapter }), undefined)]);
    expect(table).toContain('webgpu (software)');
    expect(table).toMatch(/^webgpu is google, swiftshader, SwiftShader driver: emulated/m);
  });

  it('has a line with the reason for what was not measured, and what was known by then', () => {
    const line = lineOf(
      { configuration: 'base', backend: 'webgpu' },
      {
        error: 'stopped after 90 s while warming up',
        late: true,
        issued: { steps: 1, issuing: 20, dispatches: 548 },
      },
      measuredOf(40, { cut: 'stopped after 30 s while timing steps' }),
    );
    expect(line).not.toHaveProperty('ratio');
    const table = tableOf([line]);
    expect(table).toMatch(/^base +webgpu +– .* 548 /m);
    expect(table).toContain('base, webgpu, ours: stopped after 90 s while warming up');
    expect(table).toContain('base, webgpu, plain tfjs: stopped after 30 s while timing steps');
  });
});
