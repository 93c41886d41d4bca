/**
 * @file The MLP (Vaswani et al., 2017, §3.3): what a block does with each token by itself, after
 * attention has brought together what it needs.
 *
 * Costs 2 · dModel · dMlp multiplications a token and as many parameters: with the usual dMlp = 4 ·
 * dModel, two thirds of a block.
 *
 * @example
 * // One number, one hidden unit, weights 1 and 2: 3 becomes 2 · GELU(3) = 5.993, nearly 2 · 3, and
 * // −3 becomes 2 · GELU(−3) = −0.007, nearly nothing.
 */
import type { ModelConfig } from '../config/model';
import { gelu } from '../ops/gelu';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';
import { project } from './projection';

/** x [batch × position × dModel] → the same shape. */
export function mlp(scope: Scope, config: ModelConfig, x: Tensor): Tensor {
  const { trace, child, drop } = scope;

  // Each hidden unit asks one question of the token's vector.
  //   h = x W_in + b_in
  const asked = project(child('input'), config, x, 'dModel dMlp');
  const hidden = trace('preActivation', 'batch position dMlp', asked);

  // Without a bend between them, the two matrices would collapse into one.
  //   a = GELU(h)
  const answers = trace('postActivation', 'batch position dMlp', gelu(hidden));

  // Each unit that fired adds its own vector.
  //   output = a W_out + b_out
  const output = project(child('output'), config, answers, 'dMlp dModel', 'residualMatrix');
  return trace('output', 'batch position dModel', drop('output', output));
}
