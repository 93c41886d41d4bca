/**
 * @file What the model's source declares, and where its names lead, as data: VS Code's own
 * TypeScript follows no import of a file that is not on disk. Written when the extension is built,
 * read by the host.
 */

/** A stretch of one line: line and column from 0, and length, in UTF-16 units. */
export type Stretch = readonly [line: number, start: number, length: number];

/** A name, the index of the file that declares it, and where there. */
export type Reference = readonly [...name: Stretch, file: number, ...declaration: Stretch];

export type OutlineKind = 'function' | 'constant' | 'class' | 'interface' | 'type';

/** A declaration of a file. */
export interface OutlineEntry {
  readonly name: string;
  readonly kind: OutlineKind;
  /** Of the name. */
  readonly at: Stretch;
  /** First and last line of the whole, from 0. */
  readonly lines: readonly [first: number, last: number];
  /** What is declared directly inside. */
  readonly inside: readonly OutlineEntry[];
}

/** What all files declare, and the names in them that can be followed. */
export interface SourceDefinitions {
  /** Every file that ships, under the source folder: `model/attention.ts`. */
  readonly files: readonly string[];
  /** Of each file, in their order: its names from first to last. */
  readonly references: readonly (readonly Reference[])[];
  /** Of each file, in their order. */
  readonly outlines: readonly (readonly OutlineEntry[])[];
}

/** The name that stands at a place of a file, if it can be followed. */
export function referenceAt(
  { files, references }: SourceDefinitions,
  file: string,
  line: number,
  column: number,
): Reference | undefined {
  return references[files.indexOf(file)]?.find(
    ([at, start, length]) => at === line && start <= column && column <= start + length,
  );
}
