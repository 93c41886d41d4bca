/**
 * @file Which place of the model each line of the source shows: a line of a block serves every
 * layer, one of a norm several modules. Remembered for the window, and moved by the selection.
 * Shows nothing itself.
 */
import * as vscode from 'vscode';
import {
  isLayered,
  layerOf,
  pathIn,
  placeOf,
  type PathTemplate,
  type TraceRecord,
} from '../../webview/config/traceRecord';
import type { Inspection } from '../engine/inspection';
import { Disposable } from '../lifetime';

const stateKey = 'source.shown';

/** What is remembered. */
interface Shown {
  /** Counted from 0; of every file alike. */
  readonly layer: number;
  /** File → the module shown of those that it serves: `decoder.{layer}.mlpNorm`. */
  readonly modules: Readonly<Record<string, PathTemplate>>;
}

/** One of the places that a file can show. */
export interface Place {
  readonly module: PathTemplate;
  /** Absent for a module outside the layers. */
  readonly layer?: number;
}

/** The module in which a point is traced: its path without its own name. */
function moduleOf({ name }: TraceRecord, template: PathTemplate): PathTemplate {
  return template.slice(0, -name.length).replace(/\.$/, '');
}

/** The path of a place: `decoder.0.mlpNorm`. */
export function pathOfPlace({ module, layer }: Place): string {
  return layer === undefined ? module : pathIn(module, layer);
}

export class ShownPlaces extends Disposable {
  private readonly inspection: Inspection;
  private readonly memory: vscode.Memento;
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  private shown: Shown;

  readonly onDidChange = this.changed.event;

  constructor(inspection: Inspection, memory: vscode.Memento) {
    super();
    this.inspection = inspection;
    this.memory = memory;
    this.shown = memory.get<Shown>(stateKey) ?? { layer: 0, modules: {} };
  }

  /** Layers of the model in the engine; of the configured one while there is none. */
  get layers(): number {
    if (!this.inspection.isDescribed) return this.inspection.configured.layers;
    const layers = this.inspection.paths.map((path) => layerOf(path) ?? -1);
    return Math.max(-1, ...layers) + 1;
  }

  /** The layer shown, counted from 0; 0 also where there is no layer. */
  get layer(): number {
    return Math.max(0, Math.min(this.shown.layer, this.layers - 1));
  }

  /** The path that a line shows, or undefined where no pass comes by. */
  pathOf(record: TraceRecord): string | undefined {
    const template = this.templateOf(record);
    return template === undefined ? undefined : this.pathAt(template);
  }

  /** The place that the lines of a file show, if it can show more than one. */
  placeOf(records: readonly TraceRecord[], file: string): Place | undefined {
    const places = this.placesOf(records, file);
    const record = records.find((each) => each.file === file && each.paths.length > 0);
    const template = record && this.templateOf(record);
    if (record === undefined || template === undefined || places.length === 0) return undefined;
    return this.placeAt(moduleOf(record, template));
  }

  /** All places that a file can show, in the order of a pass; none where it can show but one. */
  placesOf(records: readonly TraceRecord[], file: string): Place[] {
    const record = records.find((each) => each.file === file && each.paths.length > 0);
    if (record === undefined) return [];
    const templates = layeredFirst(record.paths);
    if (templates.length === 1 && !templates.some(isLayered)) return [];
    const layers = Array.from({ length: this.layers }, (_, layer) => layer);
    const modules = templates.map((template) => moduleOf(record, template));
    return [
      ...layers.flatMap((layer) => modules.filter(isLayered).map((module) => ({ module, layer }))),
      ...modules.filter((module) => !isLayered(module)).map((module) => ({ module })),
    ];
  }

  /** Shows a place in a file, and its layer in all. */
  show(file: string, { module, layer }: Place): void {
    const modules = { ...this.shown.modules, [file]: module };
    this.become({ layer: layer ?? this.shown.layer, modules });
  }

  /** Shows a layer wherever there is one. */
  showLayer(layer: number): void {
    this.become({ ...this.shown, layer });
  }

  /** Shows the place of a trace path, such as one that was selected. */
  showPath(records: readonly TraceRecord[], path: string): void {
    const place = placeOf(records, path);
    if (place === undefined) return;
    const { record, template, layer } = place;
    const module = moduleOf(record, template);
    this.show(record.file, layer === undefined ? { module } : { module, layer });
  }

  private become(shown: Shown): void {
    if (JSON.stringify(shown) === JSON.stringify(this.shown)) return;
    this.shown = shown;
    void this.memory.update(stateKey, shown);
    this.changed.fire();
  }

  private templateOf(record: TraceRecord): PathTemplate | undefined {
    const all = layeredFirst(record.paths);
    // Of a model without layers only what stands outside of them can be shown.
    const outside = all.filter((template) => !isLayered(template));
    const templates = this.layers > 0 || outside.length === 0 ? all : outside;
    const wanted = this.shown.modules[record.file];
    return templates.find((template) => moduleOf(record, template) === wanted) ?? templates[0];
  }

  private pathAt(template: PathTemplate): string {
    return isLayered(template) ? pathIn(template, this.layer) : template;
  }

  private placeAt(module: PathTemplate): Place {
    return isLayered(module) ? { module, layer: this.layer } : { module };
  }
}

/** As a pass comes by: the layers, then what follows them. */
function layeredFirst(templates: readonly PathTemplate[]): PathTemplate[] {
  return [...templates.filter(isLayered), ...templates.filter((each) => !isLayered(each))];
}
