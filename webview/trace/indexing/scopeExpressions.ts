/** @file Reads expressions that stand for a scope: `scope`, `child('mlp')`, a constant of one. */
import ts from 'typescript';
import type { PathTemplate } from '../../config/traceRecord';

/** How a function takes its scope: whole, or taken apart. */
export interface ScopeParameter {
  readonly index: number;
  /** Absent where the parameter is taken apart: `({ trace, child }: Scope)`. */
  readonly name?: string;
}

/** What an expression adds to the path of its function; undefined if it is no scope. */
export type ScopeReader = (expression: ts.Expression) => PathTemplate | undefined;

export function parameterScope({ parameters }: ts.FunctionDeclaration): ScopeParameter | undefined {
  const index = parameters.findIndex(({ type }) => type?.getText() === 'Scope');
  const parameter = parameters[index];
  if (parameter === undefined) return undefined;
  return ts.isIdentifier(parameter.name) ? { index, name: parameter.name.text } : { index };
}

/** Reads the scopes inside one function. */
export function scopeReader(
  declaration: ts.FunctionDeclaration,
  parameter: ScopeParameter,
): ScopeReader {
  const constants = initializers(declaration);
  const read: ScopeReader = (expression) => {
    if (ts.isIdentifier(expression)) {
      if (expression.text === parameter.name) return '';
      const initializer = constants.get(expression.text);
      return initializer && read(initializer);
    }
    if (!ts.isCallExpression(expression)) return undefined;
    const base = baseOfChild(expression.expression, read);
    const name = childName(expression.arguments[0]);
    if (base === undefined || name === undefined) return undefined;
    return base === '' ? name : `${base}.${name}`;
  };
  return read;
}

/** The scope whose `child` is called: the function's own for a bare `child(…)`. */
function baseOfChild(callee: ts.Expression, read: ScopeReader): PathTemplate | undefined {
  if (ts.isIdentifier(callee)) return callee.text === 'child' ? '' : undefined;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'child') return undefined;
  return read(callee.expression);
}

/** `'mlp'` → mlp; `` `decoder.${layer}` `` → decoder.{layer} */
function childName(argument: ts.Expression | undefined): PathTemplate | undefined {
  if (argument === undefined) return undefined;
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (!ts.isTemplateExpression(argument)) return undefined;
  const spans = argument.templateSpans.map(({ expression, literal }) =>
    ts.isIdentifier(expression) ? `{${expression.text}}${literal.text}` : undefined,
  );
  return spans.includes(undefined) ? undefined : argument.head.text + spans.join('');
}

function initializers(declaration: ts.FunctionDeclaration): Map<string, ts.Expression> {
  const constants = new Map<string, ts.Expression>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return constants;
}
