/**
 * @file How an op is declared: its output's shape, its cost and what computes it. One declaration
 * serves the real pass and the dry pass. Must not know any particular op.
 */
import { Tensor as RealTensor, Variable } from '../backends/tf';
import { SymbolicTensor } from './graph';
import { sizeOf, type Shape, type Tensor } from './tensor';

/** The inputs of an op, as tfjs holds them. */
type Real<Inputs extends readonly Tensor[]> = { readonly [Index in keyof Inputs]: RealTensor };

/** What an op says of itself. */
export interface OpDeclaration<Inputs extends readonly Tensor[], Options> {
  readonly name: string;
  /** Shape of the result; throws an error that names the sizes where the inputs do not fit. */
  readonly shape: (inputs: Inputs, options: Options) => Shape;
  /** Forward multiplications and additions; by default one for each element of the result. */
  readonly flops?: (inputs: Inputs, result: Shape, options: Options) => number;
  /** Computes real values, with a gradient: tfjs's own or a custom one. */
  readonly run: (inputs: Real<Inputs>, options: Options) => RealTensor;
}

/**
 * Makes the function that computes when its inputs are real, and records a node of the graph when
 * any of them is symbolic.
 */
export function defineOp<Inputs extends readonly Tensor[], Options = undefined>(
  declaration: OpDeclaration<Inputs, Options>,
): (inputs: Inputs, options: Options) => Tensor {
  return (inputs, options) => {
    const shape = declaration.shape(inputs, options);
    const symbolic = inputs.filter((input) => input instanceof SymbolicTensor);
    const [first] = symbolic;
    if (!first) return declaration.run(inputs.map(realTensor) as Real<Inputs>, options);
    return first.graph.add({
      op: declaration.name,
      inputs: symbolic.map((input) => input.node),
      shape,
      dtype: 'float32',
      flops: declaration.flops?.(inputs, shape, options) ?? sizeOf(shape),
    });
  };
}

/** The tfjs tensor behind a real tensor. */
export function realTensor(tensor: Tensor): RealTensor {
  if (isReal(tensor)) return tensor;
  throw new Error('A symbolic tensor has a shape but no values: it belongs to a dry pass.');
}

/** The tfjs variable behind a tensor made by `variable`. */
export function realVariable(tensor: Tensor): Variable {
  if (isVariable(tensor)) return tensor;
  throw new Error('Only a tensor made by “variable” can be updated.');
}

const isReal = (tensor: Tensor): tensor is RealTensor => tensor instanceof RealTensor;
const isVariable = (tensor: Tensor): tensor is Variable => tensor instanceof Variable;
