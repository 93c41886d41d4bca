/** @file The model's source and the index of its trace points, made as the build makes them. */
import { readdir, readFile } from 'node:fs/promises';
import type { TraceRecord } from '../../../webview/config/traceRecord';
import { indexTracePoints } from '../../../webview/trace/indexing/traceIndex';
import type { SourceFile } from '../../../webview/trace/indexing/scopePaths';

export async function indexedModel(): Promise<{
  sources: readonly SourceFile[];
  records: readonly TraceRecord[];
}> {
  const models = await textsOf('webview/model', '.ts');
  const sources = models.map(({ name, text }) => ({ file: `model/${name}.ts`, text }));
  const explanations = await textsOf('media/explanations', '.md');
  const byId = new Map(explanations.map(({ name, text }) => [name, text]));
  return { sources, records: indexTracePoints(sources, byId) };
}

async function textsOf(folder: string, ending: string): Promise<{ name: string; text: string }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ending));
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -ending.length),
      text: await readFile(`${folder}/${file}`, 'utf8'),
    })),
  );
}
