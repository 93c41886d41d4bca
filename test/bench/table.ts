/** @file The bench's results as a table for people. */
import type { Backend } from '../../webview/config/backend';
import type { ConfigurationName } from './configurations';
import type { Measured } from './measure';
import type { Spread } from './spread';

/** One configuration on one backend. */
export type BenchLine = {
  readonly configuration: ConfigurationName;
  readonly backend: Backend;
} & (
  | { readonly error: string }
  | {
      readonly ours: Measured;
      /** Plain tfjs doing the same work. */
      readonly stock?: Measured;
      readonly stockError?: string;
      /** Our median step time divided by plain tfjs's: under 1 is faster. */
      readonly ratio?: number;
      /** The same of processor time, which other load on the machine hardly touches. */
      readonly processorRatio?: number;
    }
);

const columns: readonly (readonly [title: string, cell: (line: BenchLine) => string])[] = [
  ['config', ({ configuration }) => configuration],
  ['backend', ({ backend }) => backend],
  ['ms a step (min–max)', (line) => ours(line, ({ step }) => spreadText(step))],
  ['JavaScript ms', (line) => ours(line, ({ issuing }) => digits(issuing.median))],
  ['processor ms', (line) => ours(line, ({ processor }) => digits(processor.median))],
  ['dispatches', (line) => ours(line, ({ dispatches }) => digits(dispatches))],
  ['tokens/s', (line) => ours(line, ({ tokensPerSecond }) => digits(tokensPerSecond))],
  ['MB', (line) => ours(line, ({ gpuBytes, bytes }) => digits((gpuBytes ?? bytes) / 1e6))],
  ['tensors', (line) => ours(line, (of) => `${of.tensorsBefore} → ${of.tensorsAfter}`)],
  ['writes/s, cache', (line) => ours(line, ({ writing }) => digits(writing?.cached.median))],
  ['no cache', (line) => ours(line, ({ writing }) => digits(writing?.uncached.median))],
  ['plain tfjs ms', (line) => stockText(line)],
  ['ours / plain', (line) => ('ours' in line ? digits(line.ratio) : '')],
  ['of processor', (line) => ('ours' in line ? digits(line.processorRatio) : '')],
];

export function tableOf(lines: readonly BenchLine[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...lines.map((line) => columns.map(([, cell]) => cell(line))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function ours(line: BenchLine, text: (measured: Measured) => string): string {
  return 'ours' in line ? text(line.ours) : 'failed';
}

function stockText(line: BenchLine): string {
  if (!('ours' in line)) return line.error;
  if (line.stock) return spreadText(line.stock.step);
  return line.stockError ?? '';
}

function spreadText({ median, min, max }: Spread): string {
  return `${digits(median)} (${digits(min)}–${digits(max)})`;
}

/** Three digits or more, as many as a number has before its point. */
function digits(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
