/**
 * @file Follows the scopes through the model's source: which paths each function is called at. A
 * scope is handed on as it is, or as `child('…')` of it; the indexer reads nothing else.
 */
import ts from 'typescript';
import type { PathTemplate } from '../../config/traceRecord';
import { parameterScope, scopeReader, type ScopeParameter } from './scopeExpressions';

/** A file of the source, named under the source folder: `model/attention.ts`. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A function of the source that takes a scope. */
export interface ScopedFunction {
  readonly file: string;
  readonly name: string;
  readonly node: ts.FunctionDeclaration;
  readonly source: ts.SourceFile;
  readonly parameter: ScopeParameter;
  /** Where it stands in a pass, in every layer at once: '' is the model itself. */
  readonly at: ReadonlySet<PathTemplate>;
}

interface Found extends ScopedFunction {
  readonly at: Set<PathTemplate>;
}

interface Call {
  readonly from: Found;
  readonly to: Found;
  /** What the caller adds to its own path: '', or `selfAttention`. */
  readonly below: PathTemplate;
}

/**
 * The functions that take a scope, with all paths at which a pass calls them, beginning with those
 * that the object `model` lists. Throws where a scope is handed on in a way that cannot be read.
 */
export function scopedFunctions(files: readonly SourceFile[]): ScopedFunction[] {
  const sources = files.map(({ file, text }) => ({
    file,
    source: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true),
  }));
  const found = sources.flatMap(({ file, source }) => functionsOf(file, source));
  const named = ({ file, source }: { file: string; source: ts.SourceFile }, name: string) => {
    const from = importedFrom(source, name) ?? { file, name };
    return found.find((item) => item.file === from.file && item.name === from.name);
  };
  const calls = found.flatMap((from) => callsOf(from, (name) => named(from, name)));
  for (const file of sources) {
    for (const name of entriesOf(file.source)) named(file, name)?.at.add('');
  }
  spread(calls);
  return found;
}

/** Adds the paths of callers to those they call, until nothing is new. */
function spread(calls: readonly Call[]): void {
  let grown = true;
  while (grown) {
    grown = false;
    for (const { from, to, below } of calls) {
      for (const path of from.at) {
        const at = joined(path, below);
        if (to.at.has(at)) continue;
        to.at.add(at);
        grown = true;
      }
    }
  }
}

/** Two parts of a path, either of which may be empty. */
export function joined(path: PathTemplate, below: PathTemplate): PathTemplate {
  return [path, below].filter((part) => part !== '').join('.');
}

function functionsOf(file: string, source: ts.SourceFile): Found[] {
  return source.statements.flatMap((node) => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined) return [];
    const parameter = parameterScope(node);
    if (parameter === undefined) return [];
    return [{ file, name: node.name.text, node, source, parameter, at: new Set<string>() }];
  });
}

function callsOf(from: Found, named: (name: string) => Found | undefined): Call[] {
  const pathOf = scopeReader(from.node, from.parameter);
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const to = named(node.expression.text);
      const scope = to && node.arguments[to.parameter.index];
      if (to && scope) {
        const below = pathOf(scope);
        if (below === undefined) throw unreadable(from, scope);
        calls.push({ from, to, below });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(from.node);
  return calls;
}

function unreadable({ file, source }: Found, scope: ts.Expression): Error {
  const line = source.getLineAndCharacterOfPosition(scope.getStart()).line + 1;
  return new Error(
    `${file}:${line}: “${scope.getText()}” hands a scope on in a way the index cannot follow: use the scope itself or child('name').`,
  );
}

/** Names of the functions in `export const model = { forward: gpt, … }`. */
function entriesOf(source: ts.SourceFile): string[] {
  return source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap(({ name, initializer }) => {
      const isModel = ts.isIdentifier(name) && name.text === 'model';
      if (!isModel || initializer === undefined) return [];
      if (!ts.isObjectLiteralExpression(initializer)) return [];
      return initializer.properties.flatMap((property) => {
        if (ts.isShorthandPropertyAssignment(property)) return [property.name.text];
        const isNamed = ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer);
        return isNamed ? [property.initializer.text] : [];
      });
    });
}

/** `import { name } from './other'` → where it is declared. */
function importedFrom(
  source: ts.SourceFile,
  local: string,
): { file: string; name: string } | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const element = bindings.elements.find(({ name }) => name.text === local);
    if (element === undefined) continue;
    const file = new URL(`${statement.moduleSpecifier.text}.ts`, `file:///${source.fileName}`);
    return { file: file.pathname.slice(1), name: (element.propertyName ?? element.name).text };
  }
  return undefined;
}
