import { describe, expect, test } from 'vitest';
import { commandTable, type Manifest } from '../../tools/tables/tables';

const texts = { category: 'Transformer', 'command.look': 'Look' };

type Menus = Manifest['contributes']['menus'];

/** The row of the one command that there is. */
function rowWith(menus: Menus): string {
  const commands = [{ command: 'look', title: '%command.look%' }];
  const table = commandTable({ contributes: { commands, menus, configuration: [] } }, texts);
  return table.split('\n').at(-1) ?? '';
}

const inTitle = (when: string): Menus => ({ 'editor/title': [{ command: 'look', when }] });

describe('The README’s table of commands', () => {
  test('names the view whose title has a command, and not always the playground', () => {
    expect(rowWith(inTitle('resourceScheme == transformer-model'))).toBe(
      '| **Transformer: Look** | title of the model’s source | always |',
    );
    expect(rowWith(inTitle('activeWebviewPanelId == transformerPlayground.attention'))).toContain(
      '| title of the attention view |',
    );
  });

  test('names each view of an entry that several share', () => {
    const when =
      'activeWebviewPanelId == transformerPlayground.playground || resourceScheme == transformer-model';
    expect(rowWith(inTitle(when))).toContain(
      '| title of the playground and of the model’s source |',
    );
  });

  test('names every menu that a command is in', () => {
    const menus = { 'explorer/context': [{ command: 'look' }], 'editor/context': [] };
    const title = inTitle('activeWebviewPanelId == transformerPlayground.playground');
    expect(rowWith({ ...menus, ...title })).toContain(
      '| context menu of a file, title of the playground |',
    );
  });

  test('is refused for a title that nobody would find by its name', () => {
    expect(() => rowWith(inTitle('resourceExtname == .txt'))).toThrow(
      'The title\'s entry for "look" is of no view with a name: "resourceExtname == .txt".',
    );
  });
});
