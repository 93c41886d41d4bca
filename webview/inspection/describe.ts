/**
 * @file What a model's trace points look like in one step, and what each line of the source costs:
 * read off the dry pass, before anything has run.
 */
import type { ModelShape } from '../config/model';
import type { Model } from '../model/model';
import type { GraphNode } from '../ops/graph';
import { sizeOf } from '../ops/tensor';
import type { PointDescription } from '../protocol/inspectionApi';
import { axisNames } from '../trace/axes';
import { dryPass } from '../training/dryPass';

/** The points of a pass over `batch` windows of `position` tokens, in its order. */
export function describePoints(
  model: Model,
  config: ModelShape,
  batch: number,
  position: number,
): PointDescription[] {
  const { graph, points } = dryPass(model, config, batch, position);
  const counted = new Set<number>();
  return points.map(({ path, axes, shape, node }) => {
    const nodes = notYetCounted(graph.nodes, node, counted);
    const sum = (of: (each: GraphNode) => number): number =>
      nodes.reduce((total, each) => total + of(each), 0);
    return {
      path,
      axes: axisNames(axes),
      shape,
      flops: sum(({ flops }) => flops),
      bytes: sum(({ op, bytes }) => (entersThePass(op) ? 0 : bytes)),
      parameters: sum(({ op, shape: size }) => (op === 'parameter' ? sizeOf(size) : 0)),
    };
  });
}

/**
 * A node and all it is made from, but what an earlier point has counted: so every operation is
 * counted once, at the first value marked after it. A parameter that is used again, such as the
 * table of a tied output, is counted where it is first read.
 */
function notYetCounted(
  nodes: readonly GraphNode[],
  last: number,
  counted: Set<number>,
): GraphNode[] {
  const found: GraphNode[] = [];
  const waiting = [last];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodes[id];
    if (node === undefined || counted.has(id)) continue;
    counted.add(id);
    found.push(node);
    waiting.push(...node.inputs);
  }
  return found;
}

function entersThePass(op: string): boolean {
  return op === 'parameter' || op === 'input';
}
