/**
 * @file What the user asked for and cannot have now: told as a warning, since nothing has failed.
 */
import { PlaygroundError } from '../webview/config/errors';

export class Refusal extends PlaygroundError {}
