/**
 * @file The dry pass: the model's source run on shapes alone. Every op adds a node, so that
 * diagram, dimensions and estimates exist before any run, at any size. Holds no values.
 */
import { sizeOf, type Shape, type Tensor } from './tensor';

/** One operation of a pass. */
export interface GraphNode {
  readonly id: number;
  /** The op's name, or `input` and `parameter` for what enters the pass. */
  readonly op: string;
  readonly inputs: readonly number[];
  readonly shape: Shape;
  readonly dtype: string;
  /** Multiplications and additions of the forward pass, each counted as one. */
  readonly flops: number;
  /** Bytes of the result. */
  readonly bytes: number;
  /** Name of a parameter or an input. */
  readonly label?: string;
}

/** All operations of one dry pass, in the order in which the source performs them. */
export class Graph {
  readonly nodes: GraphNode[] = [];

  /** A tensor that enters the pass from outside. */
  input(label: string, shape: Shape, dtype = 'float32'): SymbolicTensor {
    return this.add({ op: 'input', inputs: [], shape, dtype, flops: 0, label });
  }

  /** A learned tensor. */
  parameter(label: string, shape: Shape): SymbolicTensor {
    return this.add({ op: 'parameter', inputs: [], shape, dtype: 'float32', flops: 0, label });
  }

  add(node: Omit<GraphNode, 'id' | 'bytes'>): SymbolicTensor {
    const id = this.nodes.length;
    this.nodes.push({ ...node, id, bytes: 4 * sizeOf(node.shape) });
    return new SymbolicTensor(this, id, node.shape, node.dtype);
  }
}

/** A tensor of the dry pass: a shape, and the node that makes it. */
export class SymbolicTensor implements Tensor {
  readonly graph: Graph;
  readonly node: number;
  readonly shape: Shape;
  readonly dtype: string;

  constructor(graph: Graph, node: number, shape: Shape, dtype: string) {
    this.graph = graph;
    this.node = node;
    this.shape = shape;
    this.dtype = dtype;
  }
}
