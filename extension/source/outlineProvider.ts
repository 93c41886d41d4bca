/** @file The outline of the model's source, and its breadcrumbs, as the build found them. */
import * as vscode from 'vscode';
import type { OutlineEntry, OutlineKind } from '../../webview/config/sourceDefinitions';
import { sourceFileOf } from './modelUri';
import { rangeOf } from './ranges';
import type { SourceIndex } from './sourceIndex';

export function outlineProvider(index: SourceIndex): vscode.DocumentSymbolProvider {
  return {
    provideDocumentSymbols: async (document) => {
      const { definitions } = await index.load();
      const file = definitions.files.indexOf(sourceFileOf(document.uri) ?? '');
      return (definitions.outlines[file] ?? []).map((entry) => symbolOf(document, entry));
    },
  };
}

function symbolOf(document: vscode.TextDocument, entry: OutlineEntry): vscode.DocumentSymbol {
  const [first, last] = entry.lines;
  const symbol = new vscode.DocumentSymbol(
    entry.name,
    '',
    symbolKind(entry.kind),
    new vscode.Range(first, 0, last, document.lineAt(last).text.length),
    rangeOf(entry.at),
  );
  symbol.children = entry.inside.map((inner) => symbolOf(document, inner));
  return symbol;
}

function symbolKind(kind: OutlineKind): vscode.SymbolKind {
  switch (kind) {
    case 'function':
      return vscode.SymbolKind.Function;
    case 'constant':
      return vscode.SymbolKind.Constant;
    case 'class':
      return vscode.SymbolKind.Class;
    case 'interface':
    case 'type':
      return vscode.SymbolKind.Interface;
    default:
      return kind satisfies never;
  }
}
