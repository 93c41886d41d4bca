/** @file The README's tables as Markdown, from the manifest and its texts. Knows no files. */

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
}

/** The part of package.json that the tables show. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string }[]>>;
    readonly configuration: readonly { properties: Readonly<Record<string, Setting>> }[];
  };
}

/** Text by key, from package.nls.json. */
export type Texts = Readonly<Record<string, string>>;

const menuNames: Readonly<Record<string, string>> = {
  'explorer/context': 'context menu of a file',
  'editor/context': 'context menu of an editor',
  'editor/title': 'title of the playground',
};

/** Every command, where it is found beside the Command Palette, and while what it works. */
export function commandTable({ contributes }: Manifest, texts: Texts): string {
  const rows = contributes.commands.map(({ command, title, enablement }) => {
    const places = Object.entries(contributes.menus)
      .filter(([, items]) => items.some((item) => item.command === command))
      .map(([menu]) => menuNames[menu] ?? menu);
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
