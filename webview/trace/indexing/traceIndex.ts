/**
 * @file Reads the model's source with the TypeScript compiler and lists its trace points. Runs when
 * the extension is built, never in it.
 */
import ts from 'typescript';
import type { TraceRecord } from '../../config/traceRecord';
import { scopeReader } from './scopeExpressions';
import { joined, scopedFunctions, type ScopedFunction, type SourceFile } from './scopePaths';

/**
 * The records of all trace points. Throws where a point has no explanation, where an explanation
 * has no point, and where two points share an id.
 *
 * @param explanations id → Markdown whose heading is the title, whose first paragraph explains,
 * whose first code block is the formula, and of which a paragraph
 * `Paper: [authors, year](address)` may name the source
 */
export function indexTracePoints(
  sources: readonly SourceFile[],
  explanations: ReadonlyMap<string, string>,
): TraceRecord[] {
  const functions = scopedFunctions(sources);
  const calls = sources.flatMap((source) => traceCalls(source, functions));
  const ids = calls.map((call) => call.id);
  const problems = [
    ...ids.filter((id) => !explanations.has(id)).map((id) => `${id} has no explanation`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is traced twice`),
    ...[...explanations.keys()]
      .filter((id) => !ids.includes(id))
      .map((id) => `the explanation ${id} belongs to no trace point`),
  ];
  if (problems.length > 0) throw new Error(`Trace points: ${problems.join('; ')}.`);
  return calls.map((call) => ({ ...call, ...readExplanation(call.id, explanations) }));
}

type TraceCall = Omit<TraceRecord, 'title' | 'explanation' | 'formula'>;

function traceCalls({ file, text }: SourceFile, functions: readonly ScopedFunction[]): TraceCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const module = file.replace(/^.*\//, '').replace(/\.ts$/, '');
  const constants = stringConstants(source);
  const scoped = functions.filter((each) => each.file === file);
  const calls = new Map<string, TraceCall>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTrace(node.expression)) {
      const call = readCall(node, { source, file, module, constants, scoped });
      // Two ways to the same value, such as a fused path, are one point: the definition stands
      // last.
      calls.set(call.id, call);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...calls.values()];
}

function isTrace(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'trace';
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'trace';
}

interface CallSite {
  readonly source: ts.SourceFile;
  readonly file: string;
  readonly module: string;
  readonly constants: ReadonlyMap<string, string>;
  readonly scoped: readonly ScopedFunction[];
}

function readCall(
  call: ts.CallExpression,
  { source, file, module, constants, scoped }: CallSite,
): TraceCall {
  const line = source.getLineAndCharacterOfPosition(call.getStart()).line + 1;
  const [nameNode, axesNode] = call.arguments;
  const name = literal(nameNode, constants);
  const axes = literal(axesNode, constants);
  if (name === undefined || axes === undefined) {
    throw new Error(`${file}:${line}: trace needs its name and its axes as plain strings.`);
  }
  const paths = pathsOf(call, scoped).map((path) => joined(path, name));
  return {
    id: `${module}.${name}`,
    name,
    file,
    line,
    axes: axes.split(' ').filter(Boolean),
    paths,
  };
}

/** Where the scope of a `trace` call stands: none for a function that no pass calls. */
function pathsOf(call: ts.CallExpression, scoped: readonly ScopedFunction[]): string[] {
  const start = call.getStart();
  const around = scoped.find(({ node }) => node.getStart() <= start && start < node.getEnd());
  if (around === undefined) return [];
  const { expression: callee } = call;
  const below = ts.isPropertyAccessExpression(callee)
    ? scopeReader(around.node, around.parameter)(callee.expression)
    : '';
  return below === undefined ? [] : [...around.at].map((path) => joined(path, below));
}

function literal(
  node: ts.Expression | undefined,
  constants: ReadonlyMap<string, string>,
): string | undefined {
  if (node && ts.isStringLiteral(node)) return node.text;
  return node && ts.isIdentifier(node) ? constants.get(node.text) : undefined;
}

/** `const axes = 'batch position dModel'` anywhere in the file. */
function stringConstants(source: ts.SourceFile): Map<string, string> {
  const constants = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    ) {
      constants.set(node.name.text, node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return constants;
}

function readExplanation(
  id: string,
  explanations: ReadonlyMap<string, string>,
): Pick<TraceRecord, 'title' | 'explanation' | 'formula' | 'paper'> {
  const text = explanations.get(id) ?? '';
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  const formula = /^```\w*\n([\s\S]*?)\n```$/m.exec(text)?.[1] ?? '';
  const paragraphs = text.split(/\n{2,}/).map((part) => part.trim());
  const explanation = paragraphs.find((part) => part !== '' && !/^(#|```)/.test(part)) ?? '';
  if (title === '' || explanation === '' || formula === '') {
    throw new Error(
      `The explanation ${id} needs a heading, a first paragraph and a formula in a code block.`,
    );
  }
  const [, paper, url] = /^Paper: \[(.+)\]\((https:\S+)\)$/m.exec(text) ?? [];
  return {
    title,
    explanation: explanation.replaceAll('\n', ' '),
    formula,
    ...(paper !== undefined && url !== undefined && { paper: { title: paper, url } }),
  };
}
