// The walls of the house: strict type-checked rules everywhere, and which folder may import which.
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Folder → the folders of `webview/` it may import, beside itself. */
const mayImport = {
  config: [],
  formats: ['config'],
  protocol: ['config', 'formats'],
  tokenizers: ['config'],
  tasks: ['config', 'tokenizers'],
  trace: ['config', 'ops'],
  backends: ['config'],
  ops: ['config', 'backends'],
  model: ['config', 'ops', 'trace'],
  training: ['config', 'ops', 'trace', 'model', 'backends', 'tokenizers', 'tasks'],
  inference: ['config', 'ops', 'trace', 'model', 'backends', 'tokenizers', 'training'],
  inspection: [
    'config',
    'protocol',
    'ops',
    'trace',
    'model',
    'backends',
    'tokenizers',
    'training',
    'inference',
  ],
  huggingface: ['config', 'formats'],
  worker: [
    'config',
    'formats',
    'protocol',
    'tokenizers',
    'tasks',
    'trace',
    'backends',
    'ops',
    'model',
    'training',
    'inference',
    'inspection',
    'huggingface',
  ],
  ui: ['config', 'formats', 'protocol'],
};

const zones = [
  ...Object.entries(mayImport).map(([folder, allowed]) => ({
    target: `./webview/${folder}`,
    from: './webview',
    except: [folder, ...allowed].map((name) => `./${name}`),
    message: `webview/${folder} may import only: ${allowed.join(', ') || 'nothing'}.`,
  })),
  { target: './webview', from: './extension', message: 'Pages and engine do not know the host.' },
  {
    target: './extension',
    from: './webview',
    except: ['./config', './formats', './protocol'],
    message: 'The host knows only config, formats and protocol.',
  },
  {
    target: ['./extension', './webview'],
    from: './test',
    message: 'The product does not know its tests.',
  },
];

const packages = {
  tfjs: {
    group: ['@tensorflow/*', '**/backends/tf'],
    message: 'tfjs belongs to webview/backends and webview/ops.',
  },
  toolkit: {
    group: ['@vscode/webview-ui-toolkit'],
    message: 'The toolkit belongs to ui/controls.',
  },
  vscode: { group: ['vscode'], message: '`vscode` belongs to extension.' },
  node: { group: ['node:*', 'fs', 'path'], message: 'The host runs in any extension host.' },
};

/** Where files match several of these, the last one holds. */
const restrict = (files, ...names) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: names.map((name) => packages[name]) }],
    'no-restricted-syntax': ['error', ...names.map((name) => dynamicImport(packages[name]))],
  },
});

/** `import('…')` of the same packages, which the rule for imports does not see. */
function dynamicImport({ group, message }) {
  const names = group.map((name) => name.replaceAll('/', '\\/').replace(/\*+/, '.*'));
  return { selector: `ImportExpression > Literal[value=/^(${names.join('|')})$/]`, message };
}

/**
 * `trace` may return another tensor than it was given: an intervention's, or one that asks for its
 * gradient. Whoever goes on with the argument loses it in silence.
 */
const useTraceResult = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unused: 'Go on with what trace returns: it may be another tensor.',
      argument: '“{{name}}” was traced above: go on with what trace returned.',
    },
  },
  create: (context) => ({
    CallExpression(call) {
      const { callee, parent } = call;
      const name = callee.type === 'MemberExpression' ? callee.property.name : callee.name;
      const value = call.arguments[2];
      if (name !== 'trace' || value === undefined) return;
      const isDropped = parent.type === 'UnaryExpression' && parent.operator === 'void';
      if (isDropped || parent.type === 'ExpressionStatement')
        context.report({ node: call, messageId: 'unused' });
      if (value.type !== 'Identifier') return;
      // Of the variable, wherever it is read: in a function inside this one, too.
      const { references } = context.sourceCode.getScope(call);
      const traced = references.find(({ identifier }) => identifier === value)?.resolved;
      for (const { identifier } of traced?.references ?? []) {
        if (identifier.range[0] <= call.range[1]) continue;
        context.report({ node: identifier, messageId: 'argument', data: { name: value.name } });
      }
    },
  }),
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      'node_modules/**',
      '.vscode-test/**',
      'test/output/**',
      '.transformer/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './webview/tsconfig.shared.json',
          './webview/tsconfig.engine.json',
          './webview/tsconfig.pages.json',
          './extension/tsconfig.json',
          './test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ noWarnOnMultipleProjects: true }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 400 }],
      // Prettier wraps code, not comments.
      'max-len': ['error', { code: 1000, comments: 100, ignoreUrls: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  restrict(['webview/**/*.ts', 'webview/**/*.tsx'], 'tfjs', 'toolkit', 'vscode'),
  restrict(['webview/backends/**/*.ts', 'webview/ops/**/*.ts'], 'toolkit', 'vscode'),
  restrict(['webview/ui/controls/**/*.ts', 'webview/ui/controls/**/*.tsx'], 'tfjs', 'vscode'),
  restrict(['extension/**/*.ts'], 'tfjs', 'toolkit', 'node'),
  {
    files: ['webview/model/**/*.ts'],
    plugins: { house: { rules: { 'use-trace-result': useTraceResult } } },
    rules: { 'house/use-trace-result': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/vscode/**/*.config.ts', '**/vitest.config.mts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: { ...globals.node } },
  },
);
