/**
 * @file The model's source in a real host of either kind: read-only files, outline, definitions,
 * lenses and hovers that the host itself serves.
 */
import * as vscode from 'vscode';
import { modelLanguage, sourceUri } from '../../../extension/source/modelUri';
import { check, same } from './check';
import { command, product } from './product';

const attention = sourceUri('model/attention.ts');

suite('The model’s source', () => {
  suiteSetup(async () => {
    await product().activate();
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('opens with highlighting, and cannot be written', async () => {
    await command('openModelSource');
    const document = vscode.window.activeTextEditor?.document;
    same(document?.uri.toString(), sourceUri('model/gpt.ts').toString());
    same(document?.languageId, modelLanguage);
    same(vscode.workspace.fs.isWritableFileSystem(attention.scheme), false);
    const written = await vscode.workspace.fs.writeFile(attention, new Uint8Array()).then(
      () => true,
      () => false,
    );
    check(!written, 'It could be written.');
  });

  test('lists its folders, and says of a file that is not there that it is not', async () => {
    const [model, missing] = ['/transformer-playground/model', '/transformer-playground/none.ts'];
    const names = await vscode.workspace.fs.readDirectory(attention.with({ path: model }));
    check(
      names.some(([name, type]) => name === 'gpt.ts' && type === vscode.FileType.File),
      JSON.stringify(names),
    );
    const found = await vscode.workspace.fs.stat(attention.with({ path: missing })).then(
      () => 'found',
      (error: unknown) => (error instanceof vscode.FileSystemError ? error.code : 'another error'),
    );
    same(found, 'FileNotFound');
  });

  test('has an outline', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      attention,
    );
    same(
      symbols.map(({ name }) => name),
      ['selfAttention', 'learnedScores', 'uniformScores', 'remember'],
    );
  });

  for (const [from, name, to] of [
    ['softmax(visible)', 'softmax', 'ops/softmax.ts'],
    ['headWidth(config)', 'headWidth', 'config/model.ts'],
    ['learnedScores(scope', 'learnedScores', 'model/attention.ts'],
  ] as const) {
    test(`leads from “${name}” to its definition, and to no other`, async () => {
      const document = await vscode.workspace.openTextDocument(attention);
      const at = document.positionAt(document.getText().indexOf(from));
      const found = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        attention,
        at,
      );
      same(
        found.map(({ targetUri }) => targetUri.toString()),
        [sourceUri(to).toString()],
      );
      const target = await vscode.workspace.openTextDocument(sourceUri(to));
      same(found[0] && target.getText(found[0].targetRange), name);
    });
  }

  test('is gone to from a place of the model: the file, the line and the layer', async () => {
    const path = 'decoder.1.selfAttention.pattern';
    await vscode.commands.executeCommand('transformerPlayground.goToSource', { path });
    const editor = vscode.window.activeTextEditor;
    same(editor?.document.uri.toString(), attention.toString());
    const line = editor?.document.lineAt(editor.selection.active.line).text ?? '';
    check(line.includes(`trace('pattern'`), line);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      attention,
    );
    const titles = lenses.map(({ command: shown }) => shown?.title);
    check(titles.includes('Shown: layer 1 of 0–1 · decoder.1.selfAttention'), titles.join());
  });

  test('is gone to with a message where there is no such place', async () => {
    const path = 'decoder.0.nothing';
    await vscode.commands.executeCommand('transformerPlayground.goToSource', { path });
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  test('has no complaints of a compiler', () => {
    same(vscode.languages.getDiagnostics(attention), []);
  });

  test('has its lenses over each value that it marks, before any run as well', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      attention,
    );
    const document = await vscode.workspace.openTextDocument(attention);
    const commandsOver = (text: string): vscode.Command[] => {
      const { line } = document.positionAt(document.getText().indexOf(text));
      return lenses
        .filter(({ range }) => range.start.line === line)
        .flatMap(({ command: shown }) => shown ?? []);
    };
    const over = (text: string): string[] => commandsOver(text).map(({ title }) => title);
    const pattern = over(`const pattern = trace('pattern'`);
    same(pattern.length, 4);
    same(pattern.slice(2).join(), 'Heatmap,What is this?');
    const output = over(`return trace('output'`);
    same(output.length, 3);
    same(output[2], 'What is this?');
    same(over('/**').length, 2);
    for (const { title, tooltip } of commandsOver(`const queries = trace('queries'`)) {
      check(
        tooltip !== undefined && /dHead \d+: /.test(tooltip) && !tooltip.includes('`'),
        `${title}: ${tooltip}`,
      );
    }
  });

  test('says in a hover what a line is, with its formula', async () => {
    const document = await vscode.workspace.openTextDocument(attention);
    const at = document.positionAt(document.getText().indexOf(`trace('pattern'`));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      attention,
      at,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
    check(text.includes('pattern = softmax(mask(scores))'), text);
    check(text.includes('which token is looked at'), text);
  });
});
