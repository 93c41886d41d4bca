/** @file The user's settings, checked: a value that no schema knows counts as the default. */
import * as vscode from 'vscode';
import { backendChoiceSchema, type BackendChoice } from '../webview/config/backend';

const section = 'transformerPlayground';

/** Where runs go if it can be written. */
export type RunsLocation = 'storage' | 'workspace';

export function backendSetting(): BackendChoice {
  const parsed = backendChoiceSchema.safeParse(read('backend'));
  return parsed.success ? parsed.data : 'auto';
}

export async function chooseBackendSetting(backend: BackendChoice): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  await configuration.update('backend', backend, vscode.ConfigurationTarget.Global);
}

export function runsLocationSetting(): RunsLocation {
  return read('runs.location') === 'workspace' ? 'workspace' : 'storage';
}

/** How live shapes and numbers stand in the model's source. */
export const annotationKinds = ['codeLens', 'inlayHints', 'off'] as const;

export type Annotations = (typeof annotationKinds)[number];

export function annotationsSetting(): Annotations {
  const value = read('source.annotations');
  return annotationKinds.find((kind) => kind === value) ?? 'codeLens';
}

export async function chooseAnnotationsSetting(annotations: Annotations): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  await configuration.update('source.annotations', annotations, vscode.ConfigurationTarget.Global);
}

/** Bytes that the checkpoints of all runs may take. */
export function maximumDiskUsageSetting(): number {
  const megabytes = read('runs.maximumDiskUsage');
  return (typeof megabytes === 'number' && megabytes > 0 ? megabytes : 1024) * 1024 * 1024;
}

export function onBackendSettingChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.backend`)) listener();
  });
}

function read(key: string): unknown {
  return vscode.workspace.getConfiguration(section).get<unknown>(key);
}
