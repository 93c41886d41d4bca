/** @file Reports of a measuring process among other output. */
import { describe, expect, it } from 'vitest';

import { lineOfReport, ReportReader, type Report } from '../../bench/report';

const reports: readonly Report[] = [
  { doing: 'timing steps' },
  { issued: { steps: 2, issuing: 20, dispatches: 291 } },
];

function readerOf(pieces: readonly string[]): { heard: Report[]; reader: ReportReader } {
  const heard: Report[] = [];
  const reader = new ReportReader((report) => heard.push(report));
  for (const piece of pieces) reader.read(piece);
  return { heard, reader };
}

describe('reports of a measurement', () => {
  it('are all heard, however the stream is cut', () => {
    const stream = `a warning of tfjs\n${reports.map(lineOfReport).join('')}`;
    expect(readerOf([stream]).heard).toEqual(reports);
    expect(readerOf(stream.split(/(?=.)/)).heard).toEqual(reports);
  });

  it('leave the error that ended the process to be told', () => {
    const { reader } = readerOf([
      lineOfReport({ doing: 'opening the backend' }),
      'file:///measure.mjs:1\n',
      'Error: The driver is missing: install Chromium.\n    at startDawn\n',
      'Node.js v22',
    ]);
    expect(reader.complaint).toBe('Error: The driver is missing: install Chromium.');
  });

  it('leave the last words of a process that names no error', () => {
    expect(readerOf(['one\ntwo']).reader.complaint).toBe('two');
    expect(readerOf([]).reader.complaint).toBe('it said nothing');
  });
});
