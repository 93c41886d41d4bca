/** @file Reads a tool's arguments, with an answer for a wrong one that helps. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Complaint } from './cleanup';

/**
 * The values of the arguments that `config` describes.
 * @throws {Complaint} that names the wrong one, with `help`.
 */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
  help: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Complaint(`${error.message}\n${help}`);
  }
}
