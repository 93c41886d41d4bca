/**
 * @file How errors cross a port: as a {@link Failure}, thrown again as a PlaygroundError on the
 * other side. It knows nothing of ports or of who shows the error.
 */
import { failureOf, PlaygroundError, type Failure } from '../config/errors';
import * as z from '../config/zod';

/** Codes the endpoint itself uses; features add their own, in the same kebab case. */
export type EndpointErrorCode =
  | 'cancelled'
  | 'disposed'
  | 'peer-restarted'
  | 'protocol-version'
  | 'unknown-request'
  | 'invalid-params'
  | 'not-wire'
  | 'too-large'
  | 'malformed';

/** An error of the endpoint itself. */
export function endpointError(
  code: EndpointErrorCode,
  message: string,
  remedy: string,
): PlaygroundError {
  return new PlaygroundError({ code, message, remedy });
}

/** Whether `error` is a PlaygroundError, of this `code` if one is given. */
export function isPlaygroundError(error: unknown, code?: string): error is PlaygroundError {
  return error instanceof PlaygroundError && (code === undefined || error.code === code);
}

/** Any thrown value as a PlaygroundError; an unforeseen one becomes its cause, stack and all. */
export function toPlaygroundError(thrown: unknown): PlaygroundError {
  return thrown instanceof PlaygroundError
    ? thrown
    : new PlaygroundError(failureOf(thrown), { cause: thrown });
}

/** The three fields that travel; the stack stays where it was thrown. */
export const toWire: (thrown: unknown) => Failure = failureOf;

export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

/** The other side's failure, to be thrown again here. */
export function fromWire(failure: Failure): PlaygroundError {
  return new PlaygroundError(failure);
}

/** The error of a caller that cancelled `what`. */
export function cancelled(what: string): PlaygroundError {
  return endpointError('cancelled', `${what} was cancelled.`, 'Start it again when you need it.');
}
