/** @file Names that VS Code would take for its own notation. */
import { describe, expect, it } from 'vitest';
import { literalText } from '../../../extension/literalText';

/** What VS Code makes a link or an icon of. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/;
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const seen = (text: string): string => text.replaceAll('\u200b', '');

describe('a name in a message', () => {
  it.each([
    'notes [2026](command:workbench.action.openSettings).txt',
    'a[b](https://example.com)[c](command:d)',
    '$(bug) of $(loading~spin)',
  ])('keeps every letter of %s and becomes neither link nor icon', (name) => {
    expect(link.test(name) || icon.test(name)).toBe(true);
    const literal = literalText(name);
    expect(literal).not.toMatch(link);
    expect(literal).not.toMatch(icon);
    expect(seen(literal)).toBe(name);
  });

  it('that is none of these stays what it is', () => {
    expect(literalText('[a] (b) $5 (c).txt')).toBe('[a] (b) $5 (c).txt');
  });
});
