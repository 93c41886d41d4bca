/** @file What the page says to screen readers, heard however often it is said. */
import type { Signal } from '@preact/signals';

/** Screen readers say what changes alone: the same text again differs in a space at its end. */
export function announce(announcement: Signal<string>, text: string): void {
  announcement.value = announcement.peek() === text ? `${text}\u00a0` : text;
}
