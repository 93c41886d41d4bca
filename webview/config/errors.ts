/**
 * @file The error every realm throws for what a user can mend: it names the thing, the value and
 * the remedy.
 */

/** What a failed request looks like on the wire and on the screen. */
export interface Failure {
  /** Stable, kebab-case; the key of tests and of the table of causes. */
  readonly code: string;
  /** What happened, with names and values. */
  readonly message: string;
  /** What to do next. */
  readonly remedy: string;
}

export class PlaygroundError extends Error implements Failure {
  readonly code: string;
  readonly remedy: string;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'PlaygroundError';
    this.code = failure.code;
    this.remedy = failure.remedy;
  }
}

/** Any thrown value as a failure: a PlaygroundError keeps its code; everything else is internal. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof PlaygroundError) {
    return { code: thrown.code, message: thrown.message, remedy: thrown.remedy };
  }
  return {
    code: 'internal',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    remedy: 'Run “Transformer: Copy Diagnostics” and report what it says.',
  };
}
