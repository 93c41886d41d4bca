/**
 * @file A trace point of the model's source as data: where it stands, what it is called in every
 * pass, what it means. Written when the extension is built, read by all that shows the source.
 */

/**
 * The path of a trace point in every layer at once, `decoder.{layer}.mlp.output`; one outside the
 * layers has no braces.
 */
export type PathTemplate = string;

/** A trace point of the source, shipped with it. */
export interface TraceRecord {
  /** Module and name: `attention.pattern`. */
  readonly id: string;
  readonly name: string;
  /** File under the source folder, and the line of the call, from 1. */
  readonly file: string;
  readonly line: number;
  readonly axes: readonly string[];
  /** Every place of the model that this line serves: a norm stands in front of several modules. */
  readonly paths: readonly PathTemplate[];
  /** Heading of the explanation: `Attention pattern`. */
  readonly title: string;
  /** First paragraph of the explanation, and its formula. */
  readonly explanation: string;
  readonly formula: string;
  /** Where the idea comes from. */
  readonly paper?: Paper;
}

/** A publication, by its authors and year, and its address. */
export interface Paper {
  readonly title: string;
  readonly url: string;
}

/** A trace path resolved: the point of the source, which of its places, and in which layer. */
export interface PlaceOfPath {
  readonly record: TraceRecord;
  readonly template: PathTemplate;
  /** Counted from 0; absent for a place outside the layers. */
  readonly layer?: number;
}

const slot = '{layer}';

/** The layer that a trace path is in, counted from 0; undefined outside the layers. */
export function layerOf(path: string): number | undefined {
  const layer = /\.(\d+)(?=\.|$)/.exec(path)?.[1];
  return layer === undefined ? undefined : Number(layer);
}

/** The path of a place in one layer. */
export function pathIn(template: PathTemplate, layer: number): string {
  return template.replace(slot, String(layer));
}

/** Whether a place exists once a layer. */
export function isLayered(template: PathTemplate): boolean {
  return template.includes(slot);
}

/** The point of the source that a path belongs to, or undefined for a path that no point has. */
export function placeOf(records: readonly TraceRecord[], path: string): PlaceOfPath | undefined {
  const layer = layerOf(path);
  const template = layer === undefined ? path : path.replace(`.${layer}`, `.${slot}`);
  const record = records.find(({ paths }) => paths.includes(template));
  if (record === undefined) return undefined;
  return layer === undefined ? { record, template } : { record, template, layer };
}
