/** @file The text that the model wrote last, as it grows: a sample, or what a prompt led to. */
import type { NumberedText } from '../../webview/protocol/attentionApi';
import type { Generated, ToldSample } from '../../webview/protocol/engineApi';

export class WrittenText {
  private id: string | undefined;
  private text: NumberedText | undefined;
  private number = 0;

  /** With all that the model went on from, so that it can be looked at as the model saw it. */
  get current(): NumberedText | undefined {
    return this.text;
  }

  addSample({ sample: { prompt }, ids }: ToldSample): void {
    this.id = undefined;
    this.keep(prompt, ids);
  }

  /** A piece of a text that is being written; nothing is made of one whose beginning is unknown. */
  addPiece({ id, begins, tokens }: Pick<Generated, 'id' | 'begins' | 'tokens'>): void {
    const before = begins ?? (this.id === id ? this.text?.text : undefined);
    if (before === undefined) return;
    this.id = id;
    const ids = tokens.map((token) => token.id);
    this.keep(before.prompt, Int32Array.from([...before.after, ...ids]));
  }

  clear(): void {
    this.id = undefined;
    this.text = undefined;
  }

  private keep(prompt: string, after: Int32Array): void {
    this.number += 1;
    this.text = { number: this.number, text: { from: 'model', prompt, after } };
  }
}
