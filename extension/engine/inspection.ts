/**
 * @file What the host knows of the inside of the model: the shapes of the run in the engine, what
 * was seen there last, and which model is configured. Collects what is wanted, so that the engine
 * looks at nothing else. Shows nothing itself.
 */
import * as vscode from 'vscode';
import type { ModelConfig } from '../../webview/config/model';
import { defaultPreset } from '../../webview/config/presets';
import type { Statistics } from '../../webview/config/statistics';
import type {
  Look,
  ModelDescription,
  PointDescription,
} from '../../webview/protocol/inspectionApi';
import { isPlaygroundError } from '../../webview/protocol/errors';
import { Disposable } from '../lifetime';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';

/** Numbers of a value or its gradient, and how old they are. */
export interface Seen {
  readonly statistics: Statistics;
  /** Steps that the weights had learned. */
  readonly step: number;
  /** `Date.now()` when it was seen. */
  readonly time: number;
}

/** What was seen last at one trace point. */
export interface PlaceSeen {
  readonly value?: Seen;
  readonly gradient?: Seen;
}

export class Inspection extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  private readonly report: (error: unknown) => void;
  /** Who wants to see which points. */
  private readonly wanted = new Map<string, readonly string[]>();
  private readonly seen = new Map<string, PlaceSeen>();
  private model: ModelConfig = defaultPreset.config.model;
  private points = new Map<string, PointDescription>();
  private runId: string | undefined;
  private endpoint: PlaygroundEndpoint | undefined;

  /** Shapes, statistics or the configured model are new. */
  readonly onDidChange = this.changed.event;

  /** `report` logs what needs no message. */
  constructor(report: (error: unknown) => void) {
    super();
    this.report = report;
  }

  /** Whether a run's shapes are known: of the one in the engine, or in it last. */
  get isDescribed(): boolean {
    return this.points.size > 0;
  }

  /** The model in the playground's form; while no page is open, that of the default preset. */
  get configured(): ModelConfig {
    return this.model;
  }

  /** Learns which model stands in the form. */
  configure(model: ModelConfig): void {
    if (JSON.stringify(model) === JSON.stringify(this.model)) return;
    this.model = model;
    this.changed.fire();
  }

  /** The paths of the run's trace points in the order of a pass; none before the first run. */
  get paths(): readonly string[] {
    return [...this.points.keys()];
  }

  describe(path: string): PointDescription | undefined {
    return this.points.get(path);
  }

  lastSeen(path: string): PlaceSeen {
    return this.seen.get(path) ?? {};
  }

  /** Has the engine look at these points for `who`, in place of those before; none ends it. */
  want(who: string, paths: readonly string[]): void {
    const before = this.watched();
    this.wanted.set(who, paths);
    if (before.join() !== this.watched().join()) this.sendWatch();
  }

  /** Listens to a panel's engine, now and in its later lives. */
  follow(endpoint: PlaygroundEndpoint): void {
    this.endpoint = endpoint;
    endpoint.on('facts', ({ runId }) => {
      if (runId !== this.runId) this.begin(runId);
      this.ask(async () => {
        this.learn(await endpoint.request('describe', null));
      });
      this.sendWatch();
    });
    endpoint.on('looked', (look) => {
      this.add(look);
    });
  }

  /** The panel is gone, and its form: what was seen stays, and grows old. */
  unfollow(): void {
    this.endpoint = undefined;
    this.configure(defaultPreset.config.model);
  }

  private watched(): readonly string[] {
    return [...new Set([...this.wanted.values()].flat())].sort();
  }

  private sendWatch(): void {
    const { endpoint } = this;
    if (endpoint === undefined) return;
    this.ask(() => endpoint.request('watch', { points: this.watched() }));
  }

  private learn({ runId, points }: ModelDescription): void {
    if (runId !== this.runId) return;
    this.points = new Map(points.map((point) => [point.path, point]));
    this.changed.fire();
  }

  private add({ runId, step, points }: Look): void {
    if (runId !== this.runId) return;
    const time = Date.now();
    for (const { path, value, gradient } of points) {
      this.seen.set(path, {
        ...this.seen.get(path),
        value: { statistics: value, step, time },
        ...(gradient && { gradient: { statistics: gradient, step, time } }),
      });
    }
    this.changed.fire();
  }

  private begin(runId: string): void {
    this.runId = runId;
    this.seen.clear();
    this.points.clear();
    this.changed.fire();
  }

  /** What was asked of an engine that goes away meanwhile is asked of the next one. */
  private ask(request: () => Promise<unknown>): void {
    request().catch((error: unknown) => {
      const isGone = isPlaygroundError(error, 'disposed') || isPlaygroundError(error, 'cancelled');
      if (!isGone) this.report(error);
    });
  }
}
