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

const restrict = (files, ignores, group, message) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  {
    ignores: ['dist/**', 'node_modules/**', '.vscode-test/**', 'test/output/**', '.transformer/**'],
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
  restrict(
    ['webview/**/*.ts', 'webview/**/*.tsx'],
    ['webview/backends/**', 'webview/ops/**', 'webview/ui/controls/**'],
    ['@tensorflow/*', 'vscode', '@vscode/webview-ui-toolkit'],
    'tfjs belongs to backends and ops, the toolkit to ui/controls, vscode to extension.',
  ),
  restrict(
    ['extension/**/*.ts'],
    [],
    ['@tensorflow/*', 'node:*', 'fs', 'path'],
    'The host runs in any extension host.',
  ),
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
