/** @file Equal steps of weight look equally large: measured in CIELAB, which made none of them. */
import { describe, expect, it } from 'vitest';
import { colourTable, tableSize, type Ground } from '../../../../webview/ui/heatmap/colours';

/** CIE 1976 lightness of an entry, 0 … 100, from its luminance. */
function lightness(table: Uint8Array, index: number): number {
  const [red = 0, green = 0, blue = 0] = [...table.subarray(index * 3, index * 3 + 3)].map(
    (byte) => {
      const value = byte / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    },
  );
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

describe.each(['dark', 'light'] satisfies Ground[])('the colours on %s ground', (ground) => {
  const table = colourTable(ground);
  const steps = Array.from({ length: tableSize }, (_, index) => lightness(table, index));

  it('run one way, so that no two weights look the same', () => {
    const ordered = ground === 'dark' ? steps : [...steps].reverse();
    for (let index = 8; index < tableSize; index += 1) {
      expect(ordered[index]).toBeGreaterThan(ordered[index - 8] ?? 0);
    }
  });

  it('are evenly spread over most of the range of a screen', () => {
    const range = Math.abs((steps.at(-1) ?? 0) - (steps[0] ?? 0));
    expect(range).toBeGreaterThan(60);
    const stretches = Array.from({ length: 8 }, (_, part) =>
      Math.abs((steps[part * 31 + 31] ?? 0) - (steps[part * 31] ?? 0)),
    );
    for (const stretch of stretches) expect(stretch / (range / 8.2)).toBeCloseTo(1, 0);
    expect(Math.max(...stretches) / Math.min(...stretches)).toBeLessThan(1.5);
  });
});

it('nothing is as dark as the dark ground, or as light as the light one', () => {
  expect(lightness(colourTable('dark'), 0)).toBeLessThan(25);
  expect(lightness(colourTable('light'), 0)).toBeGreaterThan(90);
});
