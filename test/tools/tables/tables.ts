/** @file The README's tables as Markdown, from the manifest and its texts. Knows no files. */

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

/** The part of package.json that the tables show. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: readonly { properties: Readonly<Record<string, Setting>> }[];
  };
}

/** Text by key, from package.nls.json. */
export type Texts = Readonly<Record<string, string>>;

const menuNames: Readonly<Record<string, string>> = {
  'explorer/context': 'context menu of a file',
  'editor/context': 'context menu of an editor',
};

/** What a title's entry says of where it stands, and how that place is called. */
const titleNames: Readonly<Record<string, string>> = {
  'activeWebviewPanelId == transformerPlayground.playground': 'the playground',
  'activeWebviewPanelId == transformerPlayground.attention': 'the attention view',
  'resourceScheme == transformer-model': 'the model’s source',
  'view == transformerPlayground.generation': 'the generation view',
};

/** Every command, where it is found beside the Command Palette, and while what it works. */
export function commandTable({ contributes }: Manifest, texts: Texts): string {
  const rows = contributes.commands.map(({ command, title, enablement }) => {
    const places = Object.entries(contributes.menus).flatMap(([menu, items]) =>
      items.filter((item) => item.command === command).map((item) => placeOf(menu, item)),
    );
    const name = `**${resolveText('%category%', texts)}: ${resolveText(title, texts)}**`;
    return row(name, places.join(', '), phasesOf(enablement ?? ''));
  });
  return [row('Command', 'Also in', 'Works while'), row('---', '---', '---'), ...rows].join('\n');
}

/** Every setting with its default and its values. */
export function settingTable({ contributes }: Manifest, texts: Texts): string {
  const settings = contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties),
  );
  const rows = settings.map(([name, setting]) => {
    const values = (setting.enum ?? []).map((value, index) => {
      const description = setting.enumDescriptions?.[index] ?? '';
      return `\`${value}\`: ${resolveText(description, texts)}`;
    });
    const meaning = [resolveText(setting.markdownDescription, texts), ...values].join('<br>');
    return row(`\`${name}\``, `\`${JSON.stringify(setting.default)}\``, meaning);
  });
  return [row('Setting', 'Default', 'Meaning'), row('---', '---', '---'), ...rows].join('\n');
}

/** Where an entry of a menu stands: "title of the playground and of the model’s source". */
function placeOf(menu: string, { command, when = '' }: MenuItem): string {
  if (!menu.endsWith('/title')) return menuNames[menu] ?? menu;
  const views = Object.entries(titleNames)
    .filter(([condition]) => when.includes(condition))
    .map(([, name]) => name);
  if (views.length === 0) {
    throw new Error(`The title's entry for "${command}" is of no view with a name: "${when}".`);
  }
  return `title of ${views.join(' and of ')}`;
}

/** What a command's enablement says of the run: "training or paused". */
function phasesOf(enablement: string): string {
  const phases = (comparison: string): string =>
    [...enablement.matchAll(new RegExp(`\\.phase ${comparison} (\\w+)`, 'g'))]
      .map(([, phase]) => phase)
      .join(', ')
      .replace(/, (\w+)$/, ' or $1');
  if (phases('==') !== '') return phases('==');
  const saved = enablement.includes('.hasSeveralRuns ') ? 'several runs are' : 'a run is';
  return phases('!=') === '' ? 'always' : `${saved} saved, and none is ${phases('!=')}`;
}

/** A text of the manifest: `%key%` stands for one in another file. */
function resolveText(text: string, texts: Texts): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  if (key === undefined) return text;
  const resolved = texts[key];
  if (resolved === undefined) throw new Error(`package.nls.json has no "${key}".`);
  return resolved;
}

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
