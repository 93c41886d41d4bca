/** @file A whole VS Code for one journey: a server, a browser, a workspace, all gone afterwards. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { startChromium, type ChromiumOptions } from '../../tools/chromium';
import { Cleanup } from '../../tools/support/cleanup';
import { inRepository, root } from '../../tools/support/repository';
import { workbenchUrl } from '../../tools/vscodeServer/address';
import { extensionHosts } from '../../tools/vscodeServer/extensionHosts';
import { settingsForWebHost } from '../../tools/vscodeServer/webHost';
import { startVscodeServer, type VscodeServer } from '../../tools/vscodeServer/server';
import { Problems } from './problems';
import { poll } from './poll';
import { VscodeWindow } from './window';

export interface VscodeOptions {
  /** Where the extension runs. Default: the Node host. */
  host?: 'node' | 'web';
  /** The folder of the extension in development, or none. Default: this repository. */
  extension?: string | null;
  /** Folders of unpacked extensions to install. */
  installed?: readonly string[];
  /** Copied to be the workspace. Default: `test/harness/workspace`. */
  workspace?: string;
  /** Files to add to the workspace, path → content. */
  files?: Readonly<Record<string, string>>;
  settings?: Readonly<Record<string, unknown>>;
  /** Keys of the user's own, key → command. VS Code asks no condition of theirs. */
  keys?: Readonly<Record<string, string>>;
  chromium?: ChromiumOptions;
}

/** How the workbench reports that an extension host is gone. */
const afterKilledHost = [
  /CloseEvent/,
  /\[remote-connection\]\[ExtensionHost\]/,
  /Unknown reconnection token/,
  /Extension host .* terminated unexpectedly/,
];

export class Vscode {
  readonly server: VscodeServer;
  readonly context: BrowserContext;
  readonly problems: Problems;
  /** The windows opened so far. */
  readonly windows: VscodeWindow[] = [];
  /** The workspace's folder on disk. */
  readonly workspace: string;
  private readonly extension: string | null;
  private readonly cleanup: Cleanup;

  /** Starts the server and the browser; no window is open yet. */
  static async start(options: VscodeOptions = {}): Promise<Vscode> {
    const cleanup = new Cleanup();
    try {
      return await startInto(cleanup, options);
    } catch (error) {
      await cleanup.run();
      throw error;
    }
  }

  constructor(
    server: VscodeServer,
    context: BrowserContext,
    workspace: string,
    extension: string | null,
    cleanup: Cleanup,
  ) {
    this.server = server;
    this.context = context;
    this.problems = new Problems(context);
    this.workspace = workspace;
    this.extension = extension;
    this.cleanup = cleanup;
  }

  /**
   * Opens a window on the workspace; a second call gives a second window. With `openFile` a reload
   * shows that file again, and not what was open before.
   */
  async openWindow(openFile?: string): Promise<VscodeWindow> {
    const blank = this.context.pages().find((page) => page.url() === 'about:blank');
    const page = blank ?? (await this.context.newPage());
    const window = new VscodeWindow(page);
    this.windows.push(window);
    await page.goto(
      workbenchUrl(this.server, {
        folder: this.workspace,
        ...(this.extension === null ? {} : { extension: this.extension }),
        ...(openFile === undefined ? {} : { openFile: join(this.workspace, openFile) }),
      }),
    );
    await window.ready();
    return window;
  }

  /** The user settings as they stand on disk. */
  async settings(): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(this.server.settingsFile, 'utf8')) as Record<string, unknown>;
  }

  /** Changes user settings for windows that are opened or reloaded afterwards. */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const settings = { ...(await this.settings()), ...changes };
    await writeFile(this.server.settingsFile, JSON.stringify(settings, null, 2));
  }

  /** The processes of the extension hosts that run now. */
  extensionHosts(): Promise<number[]> {
    return extensionHosts(this.server);
  }

  /** Ends the extension hosts as a crash would. Only for extensions in the Node host. */
  async killExtensionHosts(): Promise<void> {
    for (const pattern of afterKilledHost) this.problems.expect(pattern);
    const hosts = await poll(
      () => this.extensionHosts(),
      (pids) => pids.length > 0,
      { what: 'an extension host' },
    );
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
  }

  stop(): Promise<void> {
    return this.cleanup.run();
  }
}

async function startInto(cleanup: Cleanup, options: VscodeOptions): Promise<Vscode> {
  const extension = options.extension === undefined ? root : options.extension;
  const subject = extension ?? options.installed?.[0];
  const workspace = join(await cleanup.temporaryFolder('journey'), 'workspace');
  await cp(options.workspace ?? inRepository('test', 'harness', 'workspace'), workspace, {
    recursive: true,
  });
  for (const [path, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), content);
  }
  const settings = {
    ...(options.host === 'web' && subject !== undefined ? await settingsForWebHost(subject) : {}),
    ...options.settings,
  };
  const server = await startVscodeServer({
    settings,
    installed: options.installed ?? [],
  });
  cleanup.add(() => server.stop());
  const keys = Object.entries(options.keys ?? {}).map(([key, command]) => ({ key, command }));
  await writeFile(join(dirname(server.settingsFile), 'keybindings.json'), JSON.stringify(keys));
  const chromium = await startChromium(options.chromium);
  cleanup.add(() => chromium.stop());
  return new Vscode(server, chromium.context, workspace, extension, cleanup);
}
