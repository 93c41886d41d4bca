/**
 * @file What the build knows of the model's source: its files, its trace points, where its names
 * are declared. Read once, when somebody first looks at the source.
 */
import * as vscode from 'vscode';
import type { SourceDefinitions } from '../../webview/config/sourceDefinitions';
import type { TraceRecord } from '../../webview/config/traceRecord';
import { PlaygroundError } from '../../webview/config/errors';
import { explanationsFolder } from './modelUri';

/** The two indexes that ship with the source. */
export interface SourceData {
  /** Those of a file stand in the order of its lines. */
  readonly records: readonly TraceRecord[];
  readonly definitions: SourceDefinitions;
}

export class SourceIndex {
  private readonly extensionUri: vscode.Uri;
  private loading: Promise<SourceData> | undefined;
  private readonly texts = new Map<string, Promise<Uint8Array>>();

  constructor(extensionUri: vscode.Uri) {
    this.extensionUri = extensionUri;
  }

  /** Rejects with 'source-missing' where the extension's own files cannot be read. */
  load(): Promise<SourceData> {
    this.loading ??= this.readAll().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** All files there are, `model/attention.ts` and `explanations/attention.pattern.md`. */
  async files(): Promise<readonly string[]> {
    const { records, definitions } = await this.load();
    const explanations = records.map(({ id }) => `${explanationsFolder}/${id}.md`);
    return [...definitions.files, ...explanations];
  }

  /** The content of one of `files`. */
  read(file: string): Promise<Uint8Array> {
    const known = this.texts.get(file);
    if (known !== undefined) return known;
    const folder = file.startsWith(`${explanationsFolder}/`) ? 'media' : 'dist/source';
    const reading = this.bytes(`${folder}/${file}`);
    this.texts.set(file, reading);
    reading.catch(() => this.texts.delete(file));
    return reading;
  }

  private async readAll(): Promise<SourceData> {
    const [records, definitions] = await Promise.all([
      this.json('dist/source/trace-index.json') as Promise<readonly TraceRecord[]>,
      this.json('dist/source/definitions.json') as Promise<SourceDefinitions>,
    ]);
    return { records: records.toSorted((a, b) => a.line - b.line), definitions };
  }

  private async json(path: string): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.bytes(path)));
  }

  private async bytes(path: string): Promise<Uint8Array> {
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.extensionUri, path));
    } catch (error) {
      throw new PlaygroundError(
        {
          code: 'source-missing',
          message: vscode.l10n.t('“{0}” of the extension cannot be read.', path),
          remedy: vscode.l10n.t('Reload the window; if that does not help, install it again.'),
        },
        { cause: error },
      );
    }
  }
}
