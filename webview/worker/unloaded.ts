/** @file What to tell of a run that had ended when the graphics device took its model away. */
import { PlaygroundError } from '../config/errors';

/** The device's failure, as it is told once the run has ended. */
export function failedAfterEnd({ code, message }: PlaygroundError): PlaygroundError {
  return new PlaygroundError({
    code,
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    remedy:
      'The run had ended before, and its results stand. To write with it, load it again; if this comes again, with WASM as the backend.',
  });
}

/** What a command meets that needs the model. */
export function unloadedFor(command: string): PlaygroundError {
  return new PlaygroundError({
    code: 'no-run',
    message: `${command} needs a model, and that of this run went with the graphics device.`,
    remedy: 'Load it again with “Transformer: Resume Last Run”.',
  });
}
