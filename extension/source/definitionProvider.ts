/** @file Go to definition within the model's source, also from file to file. */
import type * as vscode from 'vscode';
import { referenceAt } from '../../webview/config/sourceDefinitions';
import { sourceFileOf, sourceUri } from './modelUri';
import { rangeOf } from './ranges';
import type { SourceIndex } from './sourceIndex';

/** Definitions as the build found them. */
export function definitionProvider(index: SourceIndex): vscode.DefinitionProvider {
  return {
    provideDefinition: async (document, { line, character }) => {
      const { definitions } = await index.load();
      const found = referenceAt(definitions, sourceFileOf(document.uri) ?? '', line, character);
      if (found === undefined) return undefined;
      const [at, start, length, file, ...declaration] = found;
      const target = definitions.files[file];
      if (target === undefined) return undefined;
      const link: vscode.LocationLink = {
        originSelectionRange: rangeOf([at, start, length]),
        targetUri: sourceUri(target),
        targetRange: rangeOf(declaration),
      };
      return [link];
    },
  };
}
