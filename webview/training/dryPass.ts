/**
 * @file The dry pass of a model: its source run on shapes alone. What parameters it has, what
 * values it marks and what each op costs follow from the source itself. Only the number of
 * parameters is also known by formula, to pages that have no model (config/parameters.ts); both
 * must agree.
 */
import { boundAxes } from '../config/axes';
import { checkModel } from '../config/checkModel';
import type { ModelShape } from '../config/model';
import type { Model } from '../model/model';
import { Graph, SymbolicTensor } from '../ops/graph';
import type { Shape, Tensor } from '../ops/tensor';
import { AxisSizes, type Axes } from '../trace/axes';
import { rootScope, type ParameterKind, type TracePath } from '../trace/scope';

/** A learned tensor of a model, before it has values. */
export interface ParameterSpec {
  readonly name: TracePath;
  readonly axes: Axes;
  readonly kind: ParameterKind;
  readonly shape: Shape;
}

/** A marked value of a dry pass. */
export interface TracePoint {
  readonly path: TracePath;
  readonly axes: Axes;
  readonly shape: Shape;
  /** The node of the graph that makes it. */
  readonly node: number;
}

export interface DryPass {
  readonly graph: Graph;
  readonly parameters: readonly ParameterSpec[];
  readonly points: readonly TracePoint[];
}

/** Runs the model's source on shapes: `batch` windows of `position` tokens each, and the loss. */
export function dryPass(
  model: Model,
  config: ModelShape,
  batch = 1,
  position = config.context,
): DryPass {
  checkModel(config);
  const graph = new Graph();
  const specs = new Map<TracePath, ParameterSpec>();
  const symbols = new Map<TracePath, Tensor>();
  const points: TracePoint[] = [];
  const axes = new AxisSizes(boundAxes(config));
  const scope = rootScope({
    axes,
    parameter: (name, parameterAxes, kind) => {
      const known = symbols.get(name);
      if (known) return known;
      const shape = axes.shapeOf(parameterAxes);
      const symbol = graph.parameter(name, shape);
      specs.set(name, { name, axes: parameterAxes, kind, shape });
      symbols.set(name, symbol);
      return symbol;
    },
    listener: {
      // The readable path is the definition: the dry pass shows what a fused op would skip.
      watches: () => true,
      visit: (path, pointAxes, value) => {
        const node = value instanceof SymbolicTensor ? value.node : graph.nodes.length - 1;
        points.push({ path, axes: pointAxes, shape: value.shape, node });
        return value;
      },
    },
  });
  const ids = graph.input('ids', [batch, position], 'int32');
  const targets = graph.input('targets', [batch, position], 'int32');
  model.loss(scope, model.forward(scope, config, ids), targets);
  return { graph, parameters: [...specs.values()], points };
}
