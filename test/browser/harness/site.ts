/**
 * @file Builds the page as it ships and serves it on loopback with the host's own document and
 * security policy.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { createNonce, pageHtml, type PageName } from '../../../extension/pages/html';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

export const themes = ['light', 'dark', 'hc-light', 'hc-dark'] as const;
export type Theme = (typeof themes)[number];

/** The themes in which a view is looked at: all in the full run, otherwise these. */
export function themesOfView(...usual: readonly [Theme, ...Theme[]]): readonly Theme[] {
  return process.env.TEST_FULL === '1' ? themes : usual;
}

/** How VS Code marks the body for each kind of theme. */
const themeKinds: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-light': 'vscode-high-contrast-light',
  'hc-dark': 'vscode-high-contrast',
};

/** The script that stands where each page's host is. */
const hosts: Readonly<Record<PageName, string>> = {
  playground: 'host',
  attention: 'attentionHost',
  generation: 'generationHost',
};

const pageNames = Object.keys(hosts) as PageName[];

export interface Site {
  /** A page, the playground where `page` is not named, with the query its harness reads. */
  address(query: Readonly<Record<string, string>>): string;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  ttf: 'font/ttf',
};

/** Serves until `close`. */
export async function openSite(): Promise<Site> {
  const files = await builtFiles();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/') {
      const theme = themes.find((name) => name === url.searchParams.get('theme')) ?? 'dark';
      response.setHeader('content-type', 'text/html');
      const page = pageNames.find((name) => name === url.searchParams.get('page')) ?? 'playground';
      response.end(documentFor(`http://${request.headers.host ?? ''}`, theme, page));
      return;
    }
    const file = files.get(url.pathname);
    // Chromium asks for an icon that no webview has.
    const none = url.pathname === '/favicon.ico' ? 204 : 404;
    response.statusCode = file === undefined ? none : 200;
    const type = contentTypes[url.pathname.split('.').at(-1) ?? ''];
    if (type !== undefined) response.setHeader('content-type', type);
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (query) => `http://127.0.0.1:${port}/?${new URLSearchParams(query).toString()}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The host's document, with the theme and the harness that VS Code would have put around it. */
function documentFor(origin: string, theme: Theme, page: PageName): string {
  const nonce = createNonce();
  const html = pageHtml({
    name: page,
    source: origin,
    dist: `${origin}/dist`,
    nonce,
    title: 'Transformer Playground',
  });
  const kind = themeKinds[theme];
  return html
    .replace('</head>', `<link rel="stylesheet" href="${origin}/themes/${theme}.css"></head>`)
    .replace(
      /<body /,
      `<body class="${kind}" data-vscode-theme-kind="${kind}" data-vscode-theme-id="${theme}" `,
    )
    .replace(
      /<div id="root"><\/div>/,
      `<div id="root"></div><script nonce="${nonce}" src="${origin}/harness/${hosts[page]}.js"></script>`,
    );
}

async function builtFiles(): Promise<Map<string, Uint8Array>> {
  const icons = join(root, 'node_modules/@vscode/codicons/dist');
  const common: BuildOptions = {
    bundle: true,
    format: 'iife',
    target: 'es2022',
    absWorkingDir: root,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const bundles: BuildOptions[] = [
    {
      entryPoints: {
        'dist/pages/playground': 'webview/ui/pages/playground.tsx',
        'dist/pages/attention': 'webview/ui/pages/attention.tsx',
        'dist/pages/generation': 'webview/ui/pages/generation.tsx',
      },
      jsx: 'automatic',
      jsxImportSource: 'preact',
    },
    { entryPoints: { 'dist/engine': join(here, 'engine.ts') } },
    {
      entryPoints: {
        'harness/host': join(here, 'host.ts'),
        'harness/attentionHost': join(here, 'attentionHost.ts'),
        'harness/generationHost': join(here, 'generationHost.ts'),
      },
    },
  ];
  const files = new Map<string, Uint8Array>();
  for (const bundle of bundles) {
    const result = await build({ ...common, ...bundle, outdir: '/', write: false });
    for (const { path, contents } of result.outputFiles) {
      files.set(path.replaceAll('\\', '/').replace(/^[A-Z]:/, ''), contents);
    }
  }
  files.set('/dist/model.js', new Uint8Array());
  for (const theme of themes) {
    files.set(`/themes/${theme}.css`, await readFile(join(here, `../themes/${theme}.css`)));
  }
  for (const icon of ['codicon.css', 'codicon.ttf']) {
    files.set(`/dist/${icon}`, await readFile(join(icons, icon)));
  }
  return files;
}
