/**
 * @file Whether lint notices a breach of the house's walls: which package belongs where, and what
 * to go on with after trace.
 */
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint();

/** What lint says of a file of the house if it held this text. */
async function complaints(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return (result?.messages ?? []).map(({ message }) => message);
}

describe('lint', () => {
  it.each([
    ['tfjs in a control', 'webview/ui/controls/Dropdown.tsx', '@tensorflow/tfjs-core', 'tfjs'],
    ['tfjs by way of the backends', 'webview/training/schedule.ts', '../backends/tf', 'tfjs'],
    ['tfjs in the host', 'extension/commands.ts', '@tensorflow/tfjs-core', 'tfjs'],
    ['vscode in the engine', 'webview/backends/registry.ts', 'vscode', 'extension'],
    ['vscode in a page', 'webview/ui/controls/Dropdown.tsx', 'vscode', 'extension'],
    [
      'the toolkit in a view',
      'webview/ui/views/Tiles.tsx',
      '@vscode/webview-ui-toolkit',
      'ui/controls',
    ],
    ['Node in the host', 'extension/commands.ts', 'node:fs', 'any extension host'],
  ])('refuses %s', async (_, file, module, reason) => {
    const found = await complaints(
      file,
      `import * as it from '${module}';\nexport const them = it;\n`,
    );
    expect(found.join('\n')).toContain(reason);
    const later = await complaints(file, `export const it = (): unknown => import('${module}');\n`);
    expect(later.join('\n')).toContain(reason);
  });

  it('allows tfjs beneath the ops', async () => {
    const text = "import * as tf from '@tensorflow/tfjs-core';\nexport const them = tf;\n";
    expect((await complaints('webview/backends/registry.ts', text)).join()).not.toContain(
      'belongs',
    );
  });

  it.each([
    ['whose result is not used', "trace('x', '', x);\n  return x;"],
    ['whose result is thrown away', "void trace('x', '', x);\n  return 0;"],
    [
      'whose argument is used in a function inside',
      "const y = trace('x', '', x);\n  const inner = (): number => x + y;\n  return inner();",
    ],
    ['whose argument is used afterwards', "const y = trace('x', '', x);\n  return x ?? y;"],
  ])('refuses a trace %s', async (_, body) => {
    const text =
      'export function f(trace: (n: string, a: string, v: number) => number, x: number): number {\n' +
      `  ${body}\n}\n`;
    expect((await complaints('webview/model/block.ts', text)).join()).toContain(
      'what trace return',
    );
  });
});
