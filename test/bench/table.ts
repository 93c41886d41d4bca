/** @file The bench's results as a table for people. */
import type { AdapterInfo, Backend } from '../../webview/config/backend';
import type { ConfigurationName } from './configurations';
import type { Looking } from './looking';
import type { Measured, Outcome } from './plan';
import type { Spread } from './spread';

/** One configuration on one backend. */
export interface BenchLine {
  readonly configuration: ConfigurationName;
  readonly backend: Backend;
  readonly ours: Outcome;
  /** Plain tfjs doing the same work; absent if it was not wanted. */
  readonly stock?: Outcome;
  /** Our median step time divided by plain tfjs's: under 1 is faster. */
  readonly ratio?: number;
  /** The same of processor time, which other load on the machine hardly touches. */
  readonly processorRatio?: number;
}

/** A line of what was measured, with its ratios where both were. */
export function lineOf(
  subject: Pick<BenchLine, 'configuration' | 'backend'>,
  ours: Outcome,
  stock: Outcome | undefined,
): BenchLine {
  if (stock === undefined) return { ...subject, ours };
  if ('error' in ours || 'error' in stock) return { ...subject, ours, stock };
  return {
    ...subject,
    ours,
    stock,
    ratio: ours.step.median / stock.step.median,
    processorRatio: ours.processor.median / stock.processor.median,
  };
}

const columns: readonly (readonly [title: string, cell: (line: BenchLine) => string])[] = [
  ['config', ({ configuration }) => configuration],
  ['backend', ({ backend, ours }) => backend + (adapterOf(ours)?.software ? ' (software)' : '')],
  ['ms a step (min–max)', ({ ours }) => of(ours, ({ step }) => spreadText(step))],
  ['samples', ({ ours }) => of(ours, ({ step }) => String(step.samples))],
  ['JavaScript ms', ({ ours }) => of(ours, ({ issuing }) => digits(issuing.median))],
  ['processor ms', ({ ours }) => of(ours, ({ processor }) => digits(processor.median))],
  ['dispatches', ({ ours }) => dispatchesOf(ours)],
  ['tokens/s', ({ ours }) => of(ours, ({ tokensPerSecond }) => digits(tokensPerSecond))],
  ['MB', ({ ours }) => of(ours, ({ gpuBytes, bytes }) => digits((gpuBytes ?? bytes) / 1e6))],
  ['tensors', ({ ours }) => of(ours, (it) => `${it.tensorsBefore} → ${it.tensorsAfter}`)],
  ['writes/s, cache', ({ ours }) => of(ours, ({ writing }) => digits(writing?.cached?.median))],
  ['no cache', ({ ours }) => of(ours, ({ writing }) => digits(writing?.uncached?.median))],
  ['plain tfjs ms', ({ stock }) => of(stock, ({ step }) => spreadText(step))],
  ['samples', ({ stock }) => of(stock, ({ step }) => String(step.samples))],
  ['dispatches', ({ stock }) => dispatchesOf(stock)],
  ['ours / plain', ({ ratio }) => digits(ratio)],
  ['of processor', ({ processorRatio }) => digits(processorRatio)],
  ['looking %', ({ ours }) => of(ours, ({ looking }) => lookingText(looking))],
  ['moment ms', ({ ours }) => of(ours, ({ looking }) => digits(looking?.moment.median))],
];

/** The table, and below it what stands in place of missing figures. */
export function tableOf(lines: readonly BenchLine[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...lines.map((line) => columns.map(([, cell]) => cell(line))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = [...new Set([...lines.flatMap(adapterNotes), ...lines.flatMap(missing)])];
  return [...table, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

const adapterOf = (outcome: Outcome | undefined): AdapterInfo | undefined =>
  outcome && !('error' in outcome) ? outcome.adapter : undefined;

function adapterNotes({ backend, ours, stock }: BenchLine): string[] {
  const adapter = adapterOf(ours) ?? adapterOf(stock);
  if (!adapter) return [];
  const { vendor, architecture, description, software } = adapter;
  const name = [vendor, architecture, description].filter(Boolean).join(', ');
  const warning = ': emulated on the processor, it says nothing of a GPU’s speed';
  return [`${backend} is ${name}${software ? warning : ''}.`];
}

function missing({ configuration, backend, ours, stock }: BenchLine): string[] {
  const outcomes = [
    ['ours', ours],
    ['plain tfjs', stock],
  ] as const;
  return outcomes.flatMap(([name, outcome]) => {
    const reason = outcome && ('error' in outcome ? outcome.error : outcome.cut);
    return reason === undefined ? [] : [`${configuration}, ${backend}, ${name}: ${reason}`];
  });
}

/** The figure, or a dash where there is none. */
function of(outcome: Outcome | undefined, text: (measured: Measured) => string): string {
  if (!outcome) return '';
  return 'error' in outcome ? '–' : text(outcome);
}

/** Known as soon as one step is issued, even if the GPU took too long for it. */
function dispatchesOf(outcome: Outcome | undefined): string {
  if (!outcome) return '';
  return digits('error' in outcome ? outcome.issued?.dispatches : outcome.dispatches);
}

/** A dash where steps were so slow that no look fell into them: what it costs is not known. */
function lookingText(looking: Looking | undefined): string {
  return looking?.looks === 0 ? '–' : digits(looking && 100 * looking.share);
}

function spreadText({ median, min, max }: Spread): string {
  return `${digits(median)} (${digits(min)}–${digits(max)})`;
}

/** Three digits or more, as many as a number has before its point. */
function digits(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
