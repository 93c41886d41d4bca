/**
 * @file What of VS Code the host's modules ask for without a window: texts, events, errors of
 * files.
 */
import { at, disk, FileSystemError, type Address } from './disk';

export const l10n = {
  t: (text: string, ...values: readonly unknown[]): string =>
    text.replaceAll(/\{(\d)\}/g, (_match, index: string) => String(values[Number(index)])),
};

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): { dispose: () => void } => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** The user's settings by their names after the section. */
export const settings = new Map<string, unknown>();

export const workspace = {
  isTrusted: true,
  workspaceFolders: [],
  textDocuments: [],
  getConfiguration: () => ({
    get: (key: string) => settings.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void settings.set(key, value)),
  }),
  decode: (bytes: Uint8Array, { encoding }: { readonly encoding: string }) =>
    Promise.resolve(new TextDecoder(encoding).decode(bytes)),
  fs: disk.fs,
};

export const ConfigurationTarget = { Global: 1 };

export const FileType = { File: 1, Directory: 2 };

export const Uri = {
  joinPath: (base: Address, ...parts: string[]): Address => at([base.path, ...parts].join('/')),
};

/** What a tab shows. */
export class TabInputText {
  readonly uri: Address;

  constructor(uri: Address) {
    this.uri = uri;
  }
}

export class TabInputCustom extends TabInputText {}

export { FileSystemError };

export const version = '1.100.0';

export const env = {
  language: 'en',
  appName: 'Code',
  appHost: 'desktop',
  uiKind: 1,
  remoteName: undefined,
};

export const UIKind = { Desktop: 1, Web: 2 };
