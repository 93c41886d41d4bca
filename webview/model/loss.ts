/**
 * @file The loss: how surprised the model is, on average, by the token that really came next.
 *
 * All places of a window are trained at once, each given the true tokens before it (teacher
 * forcing). In nats; ln V, the surprise of a uniform guess, is where an untrained model starts.
 *
 * @example
 * // Two tokens equally likely: −ln ½ = 0.693 nats, whatever came.
 */
import { crossEntropy } from '../ops/crossEntropy';
import { average } from '../ops/reduce';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';

/**
 * Logits [batch × position × vocab] and the true next tokens [batch × position] → one number. A
 * place whose target is negative adds no surprise and teaches nothing, but is one of those the mean
 * is over.
 */
export function nextTokenLoss({ trace }: Scope, logits: Tensor, targets: Tensor): Tensor {
  // Surprise at the right token: 0 when the model was certain of it, large when it held it
  // unlikely.
  //   surprise = −ln softmax(logits)[target]
  const surprise = trace('surprise', 'batch position', crossEntropy(logits, targets));

  //   loss = mean(surprise)
  return trace('loss', '', average(surprise));
}
