/** @file The index of trace points that is built from the source, and what fails the build. */
import { describe, expect, it } from 'vitest';
import { indexTracePoints } from '../../../webview/trace/indexing/traceIndex';
import { indexedModel } from '../support/modelSource';

const explained = (...ids: string[]) =>
  new Map(
    ids.map((id) => [id, `# ${id}\n\nWhat ${id} is,\nin a sentence.\n\n\`\`\`\nx = y\n\`\`\`\n`]),
  );

const source = (text: string, file = 'webview/model/thing.ts') => [{ file, text }];

describe('the index of a source', () => {
  it('has a record a point: id, file, line, axes, title, explanation and formula', () => {
    const text = `const axes = 'batch dModel';\n\nconst y = trace('output', axes, f(x));\n`;
    expect(indexTracePoints(source(text), explained('thing.output'))).toEqual([
      {
        id: 'thing.output',
        name: 'output',
        file: 'webview/model/thing.ts',
        line: 3,
        axes: ['batch', 'dModel'],
        paths: [],
        title: 'thing.output',
        explanation: 'What thing.output is, in a sentence.',
        formula: 'x = y',
      },
    ]);
  });

  it('names the paper that an explanation names', () => {
    const [[id, text] = ['', '']] = explained('thing.output');
    const explanations = new Map([[id, `${text}\nPaper: [A, 2017](https://example.org/1)\n`]]);
    const [record] = indexTracePoints(source(`trace('output', '', x)`), explanations);
    expect(record?.paper).toEqual({ title: 'A, 2017', url: 'https://example.org/1' });
  });

  it('takes the definition, which stands last, where a fast path marks the same point', () => {
    const text = `if (fast) return scope.trace('output', 'batch', a);\nreturn scope.trace('output', 'batch', b);`;
    const records = indexTracePoints(source(text), explained('thing.output'));
    expect(records.map(({ line }) => line)).toEqual([2]);
  });

  it.each([
    ['a point without explanation', `trace('a', 'batch', x)`, [], 'thing.a has no explanation'],
    [
      'an explanation without a point',
      `trace('a', 'batch', x)`,
      ['thing.a', 'thing.b'],
      'the explanation thing.b belongs to no trace point',
    ],
    [
      'a name that is computed',
      `trace('a' + 1, 'batch', x)`,
      [],
      'thing.ts:1: trace needs its name',
    ],
    ['axes that are computed', `\ntrace('a', \`batch\${1}\`, x)`, [], 'thing.ts:2: trace needs'],
  ])('fails for %s', (_, text, ids, message) => {
    expect(() => indexTracePoints(source(text), explained(...ids))).toThrow(message);
  });

  it('fails where two files share an id, and where an explanation has no formula', () => {
    const twice = [
      ...source(`trace('a', '', x)`),
      ...source(`trace('a', '', x)`, 'other/thing.ts'),
    ];
    expect(() => indexTracePoints(twice, explained('thing.a'))).toThrow('thing.a is traced twice');
    const bare = new Map([['thing.a', 'Only words.']]);
    expect(() => indexTracePoints(source(`trace('a', '', x)`), bare)).toThrow('thing.a needs');
  });
});

describe('the index of the model', () => {
  it('has every trace call of the source, each on its line', async () => {
    const { sources, records } = await indexedModel();
    for (const { file, line, name } of records) {
      const text = sources.find((each) => each.file === file)?.text.split('\n')[line - 1];
      expect(text).toMatch(new RegExp(`trace\\('${name}'`));
    }
    // Counted without the compiler: a call is `trace('name'`, and a fast path marks a point again.
    const calls = sources.flatMap(({ file, text }) =>
      Array.from(
        text.matchAll(/(?<!\/\/.*)\btrace\('(\w+)'/g),
        ([, name]) => `${file} ${name ?? ''}`,
      ),
    );
    expect(new Set(records.map(({ file, name }) => `${file} ${name}`))).toEqual(new Set(calls));
    expect(records.length).toBeGreaterThanOrEqual(20);
  });
});
