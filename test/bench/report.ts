/**
 * @file What a measuring process tells while it works: a line of JSON each, among whatever else it
 * prints.
 */
import type { Issued, Measured } from './plan';

export type Report =
  | {
      /** What takes time now, as it reads after “while”. */
      readonly doing: string;
    }
  | {
      /** Of a step before any is timed. */
      readonly issued: Issued;
    }
  | {
      /** All that is measured so far. */
      readonly measured: Measured;
    };

const mark = 'bench: ';

export const lineOfReport = (report: Report): string => `${mark}${JSON.stringify(report)}\n`;

/** Splits a stream, however it is cut into pieces, into reports and other lines. */
export class ReportReader {
  readonly #heard: (report: Report) => void;
  readonly #others: string[] = [];
  #rest = '';

  constructor(heard: (report: Report) => void) {
    this.#heard = heard;
  }

  read(piece: string): void {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith(mark)) this.#heard(JSON.parse(line.slice(mark.length)) as Report);
      else this.#others.push(line);
    }
  }

  /** The error that was printed, or else the last line that is no report. */
  get complaint(): string {
    const lines = [...this.#others, this.#rest].map((line) => line.trim()).filter(Boolean);
    const error = lines.find((line) => /^(Uncaught )?\w*Error\b.*: /.test(line));
    return error ?? lines.at(-1) ?? 'it said nothing';
  }
}
