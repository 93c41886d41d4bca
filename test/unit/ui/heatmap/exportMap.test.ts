/** @file What is saved can be read by others, whatever the tokens are. */
import { describe, expect, it } from 'vitest';
import { colourTable } from '../../../../webview/ui/heatmap/colours';
import { heatmapSvg, linesSvg, toCsv } from '../../../../webview/ui/heatmap/exportMap';
import { linesOf, linesRange } from '../../../../webview/ui/heatmap/lines';
import { weightsOf } from '../../../../webview/ui/heatmap/weights';

const weights = weightsOf(Float32Array.from([1, 0, 0.25, 0.75]), 2);
const picture = { weights, labels: ['"', '<b>&'], scale: 'map' } as const;
const style = {
  table: colourTable('light'),
  ground: 'white',
  text: 'black',
  line: 'blue',
  font: 'serif',
};

it('a table has quotes doubled, and nothing where nothing can be', () => {
  expect(toCsv(picture)).toBe(
    ['query \\ key,"0 """,1 <b>&', '"0 """,1,', '"1 <b>&",0.25,0.75', '']
      .join('\r\n')
      .replace('1 <b>&\r', '"1 <b>&"\r'),
  );
});

describe('a picture', () => {
  it('shows each weight once, in its colour, and no markup of a token', () => {
    const svg = heatmapSvg('A & B', picture, style);
    expect(svg).toContain('<title>A &amp; B</title>');
    expect(svg).toContain('&lt;b&gt;&amp;');
    expect(svg).not.toContain('<b>');
    expect(svg.match(/h1v1h-1z/g)).toHaveLength(3);
    expect(svg).not.toContain('M1 0h1v1h-1z');
  });

  it('of either shape shortens a token that its axis has no room for', () => {
    const long = { ...picture, labels: ['responsibilities', 'b'] };
    for (const svg of [heatmapSvg('Map', long, style), linesSvg('Lines', long, style, undefined)]) {
      expect(svg).toContain('responsi…');
      expect(svg).not.toContain('responsibilities');
    }
  });

  it('of lines leaves out what is too weak to be seen', () => {
    const faint = weightsOf(Float32Array.from([1, 0, 0.01, 0.99]), 2);
    const svg = linesSvg('Lines', { ...picture, weights: faint }, style, undefined);
    expect(svg.match(/<line /g)).toHaveLength(2);
  });
});

describe('lines', () => {
  it('of a long text are drawn around the token that is marked', () => {
    expect(linesRange(1000, 64, undefined)).toEqual([936, 1000]);
    expect(linesRange(1000, 64, 3)).toEqual([0, 64]);
    expect(linesRange(1000, 64, 500)).toEqual([468, 532]);
    expect(linesRange(10, 64, 5)).toEqual([0, 10]);
  });

  it('of the marked token lie on top', () => {
    const lines = linesOf(weights, [0, 2], 0);
    expect(lines.map(({ query, isMarked }) => [query, isMarked])).toEqual([
      [1, false],
      [1, false],
      [0, true],
    ]);
  });
});
