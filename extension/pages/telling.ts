/**
 * @file Tells a page what it follows: what matters at once, the rest a few times a second. Knows no
 * page.
 */
import { Disposable } from '../lifetime';

/** Milliseconds from one step that a page is told of to the next. */
const tellEvery = 250;

export class Telling extends Disposable {
  private readonly send: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told = '';

  constructor(send: () => void) {
    super();
    this.send = send;
    this.register({
      dispose: () => {
        clearTimeout(this.timer);
      },
    });
  }

  /** Something is new; `urgent` is what the page must know at once when it differs. */
  tell(urgent: unknown): void {
    const now = JSON.stringify(urgent);
    if (now === this.told) {
      this.timer ??= setTimeout(() => {
        this.tellNow();
      }, tellEvery);
      return;
    }
    this.told = now;
    this.tellNow();
  }

  private tellNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.send();
  }
}
