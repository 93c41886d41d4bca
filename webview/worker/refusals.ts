/** @file Why the engine cannot do what it is asked for, and what can be done instead. */
import { PlaygroundError } from '../config/errors';

/** The device's failure, as it is told once the run that it took the model of has ended. */
export function failedAfterEnd({ code, message }: PlaygroundError): PlaygroundError {
  return new PlaygroundError({
    code,
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    remedy:
      'The run had ended before, and its results stand. To write with it, load it again; if this comes again, with WASM as the backend.',
  });
}

/** What a command meets that needs the model of a run that the device has taken. */
export function unloadedFor(command: string): PlaygroundError {
  return new PlaygroundError({
    code: 'no-run',
    message: `${command} needs a model, and that of this run went with the graphics device.`,
    remedy: 'Load it again with “Transformer: Resume Last Run”.',
  });
}

/** What a command meets where nothing is loaded. */
export function nothingTo(command: string): PlaygroundError {
  return new PlaygroundError({
    code: 'no-run',
    message: `${command} needs a run, and none is loaded.`,
    remedy: 'Start one with “Transformer: Train Tiny Model”.',
  });
}

/** What a command meets that needs the weights of a run that has failed. */
export function unsoundFor(command: string): PlaygroundError {
  return new PlaygroundError({
    code: 'no-run',
    message: `${command} needs a run whose weights are sound, and this one has failed.`,
    remedy: 'Resume it from its last checkpoint, or start another.',
  });
}
