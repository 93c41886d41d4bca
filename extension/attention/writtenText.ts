/** @file The text that the model wrote last, as it grows: a sample, or what a prompt led to. */
import type { Generated } from '../../webview/protocol/engineApi';
import type { Sample } from '../../webview/formats/metrics';

/** Characters that are kept: more than any context holds. */
const longest = 20_000;

export class WrittenText {
  private id: string | undefined;
  private written = '';

  get text(): string {
    return this.written;
  }

  addSample({ prompt, text }: Sample): void {
    this.id = undefined;
    this.written = (prompt + text).slice(-longest);
  }

  /** A piece of a text that is being written. */
  addPiece({ id, text }: Generated): void {
    const before = this.id === id ? this.written : '';
    this.id = id;
    this.written = (before + text).slice(-longest);
  }

  clear(): void {
    this.id = undefined;
    this.written = '';
  }
}
