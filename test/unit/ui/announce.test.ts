/** @file Whether screen readers hear of everything, also of what they heard before. */
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { announce } from '../../../webview/ui/state/announce';

it('says the same again as something new', () => {
  const announcement = signal('');
  const said: string[] = [];
  announcement.subscribe((text) => said.push(text));
  for (let time = 0; time < 3; time += 1) announce(announcement, 'Copied');
  announce(announcement, 'The text is written');
  expect(said.slice(1).map((text) => text.trim())).toEqual([
    'Copied',
    'Copied',
    'Copied',
    'The text is written',
  ]);
});
