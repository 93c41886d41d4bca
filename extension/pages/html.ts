/**
 * @file The document of a page and what it may load: the same for every webview. Knows no VS Code:
 * it is given addresses as text.
 */

/** The pages that are built, by the names of their files. */
export type PageName = 'playground' | 'attention' | 'generation';

/** Addresses as the page sees them. */
export interface PageAddresses {
  /** Of the page's entry in `webview/ui/pages`. */
  readonly name: PageName;
  /** `webview.cspSource`. */
  readonly source: string;
  /** Of `dist`, without a slash at its end. */
  readonly dist: string;
  readonly nonce: string;
  readonly title: string;
}

/**
 * Nothing from elsewhere, no inline code. `wasm-unsafe-eval` and `connect-src blob:` are what tfjs
 * needs: without them its WASM backend fails and plain CPU is used without a word.
 */
export function contentSecurityPolicy({ source, nonce }: PageAddresses): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    `img-src ${source} blob: data:`,
    `connect-src ${source} blob:`,
    `worker-src blob:`,
  ].join('; ');
}

/**
 * The document, whose texts are English. The page finds `dist` in `data-dist` and its nonce in
 * `<meta property="csp-nonce">`.
 */
export function pageHtml(page: PageAddresses): string {
  const dist = escape(page.dist);
  const nonce = escape(page.nonce);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(contentSecurityPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta property="csp-nonce" content="${nonce}">
<title>${escape(page.title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${dist}/codicon.css">
<link rel="stylesheet" href="${dist}/pages/${page.name}.css">
</head>
<body data-dist="${dist}">
<div id="root"></div>
<script nonce="${nonce}" src="${dist}/pages/${page.name}.js"></script>
</body>
</html>
`;
}

/** 128 random bits, fresh for each page. */
export function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
