/** @file Where the names of the model's source lead, and what its files declare. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { referenceAt } from '../../../webview/config/sourceDefinitions';
import { indexDefinitions } from '../../../webview/trace/indexing/definitions';
import { outlineOf } from '../../../webview/trace/indexing/outline';

const files = ['model/attention.ts', 'ops/softmax.ts', 'trace/scope.ts', 'config/model.ts'];
const folder = resolve('webview');
const definitions = indexDefinitions({ folder, files });

function text(file: string): string {
  return readFileSync(`${folder}/${file}`, 'utf8');
}

/** `file: name` of where the first letter of some text leads. */
function follow(file: string, from: string): string | undefined {
  const lines = text(file).split('\n');
  const line = lines.findIndex((each) => each.includes(from));
  const found = referenceAt(definitions, file, line, lines[line]?.indexOf(from) ?? -1);
  if (found === undefined) return undefined;
  const [, , , index, at, start, length] = found;
  const target = definitions.files[index] ?? '';
  const name = text(target).split('\n')[at] ?? '';
  return `${target}: ${name.slice(start, start + length)}`;
}

describe('a name of the source', () => {
  it.each([
    ['softmax(visible)', 'ops/softmax.ts: softmax'],
    ['headWidth(config)', 'config/model.ts: headWidth'],
    ['learnedScores(scope, config', 'model/attention.ts: learnedScores'],
    ['heads);', 'config/model.ts: heads'],
    ['trace, child, drop', 'trace/scope.ts: trace'],
  ])('“%s” leads to %s', (from, to) => {
    expect(follow('model/attention.ts', from)).toBe(to);
  });

  it('leads nowhere where its file does not ship, and where it is declared', () => {
    expect(follow('model/attention.ts', 'maskFuture(scores')).toBeUndefined();
    expect(follow('ops/softmax.ts', 'softmax')).toBeUndefined();
  });
});

describe('an outline', () => {
  it('has what a file declares, and what its functions do', () => {
    const source = ts.createSourceFile(
      'a.ts',
      'export const two = 2;\n/** Doc. */\nexport function f(x: number) {\n  const { y } = x;\n  const z = y;\n  return z;\n}\ninterface I { readonly p: number }\n',
      ts.ScriptTarget.Latest,
      true,
    );
    const outline = outlineOf(source);
    expect(outline.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'constant two',
      'function f',
      'interface I',
    ]);
    expect(outline[1]).toMatchObject({
      at: [2, 16, 1],
      lines: [2, 6],
      inside: [{ name: 'z', kind: 'constant', at: [4, 8, 1] }],
    });
  });
});
