/**
 * @file The addresses of the model's source and its explanations:
 * `transformer-model:/transformer-playground/model/attention.ts`.
 */
import * as vscode from 'vscode';

export const modelScheme = 'transformer-model';

/**
 * The folder that all files are in. By it the manifest gives them a language of their own: VS
 * Code's TypeScript would offer the line of an import as the definition of what is imported, and
 * `any` as its type.
 */
export const rootFolder = 'transformer-playground';

/** The language that the manifest gives to the files of that folder. */
export const modelLanguage = 'transformer-model-source';

/** Documents of the model's source. */
export const modelSelector: vscode.DocumentSelector = {
  scheme: modelScheme,
  pattern: '**/*.ts',
};

/** Folder of the explanations, which are documents too. */
export const explanationsFolder = 'explanations';

/** The address of a file of the source: `model/attention.ts`. */
export function sourceUri(file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: modelScheme, path: `/${rootFolder}/${file}` });
}

/** The address of the explanation of a trace point: `attention.pattern`. */
export function explanationUri(id: string): vscode.Uri {
  return sourceUri(`${explanationsFolder}/${id}.md`);
}

/** The file of an address of ours, or undefined for any other. */
export function sourceFileOf(uri: vscode.Uri): string | undefined {
  const prefix = `/${rootFolder}/`;
  const isOurs = uri.scheme === modelScheme && uri.path.startsWith(prefix);
  return isOurs ? uri.path.slice(prefix.length) : undefined;
}
