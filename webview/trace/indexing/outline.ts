/** @file Reads what a file of the model's source declares, as its outline shows it. */
import ts from 'typescript';
import type { OutlineEntry, OutlineKind, Stretch } from '../../config/sourceDefinitions';

/** What stands at the top of a file, with what functions and types declare directly inside. */
export function outlineOf(source: ts.SourceFile): OutlineEntry[] {
  return source.statements.flatMap(declaredBy);
}

/** Where a name stands. */
export function stretchOf(node: ts.Node): Stretch {
  const source = node.getSourceFile();
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
  const [firstLine = ''] = node.getText().split('\n');
  return [line, character, firstLine.length];
}

function declaredBy(node: ts.Node): OutlineEntry[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap((declaration) =>
      entry(declaration, 'constant', []),
    );
  }
  if (ts.isFunctionDeclaration(node)) {
    return entry(node, 'function', node.body?.statements ?? []);
  }
  if (ts.isClassDeclaration(node)) return entry(node, 'class', node.members);
  if (ts.isInterfaceDeclaration(node)) return entry(node, 'interface', node.members);
  if (ts.isTypeAliasDeclaration(node)) return entry(node, 'type', []);
  if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node))
    return entry(node, 'function', []);
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
    return entry(node, 'constant', []);
  }
  return [];
}

/** None for what is taken apart, `const { trace } = scope`. */
function entry(
  node: ts.NamedDeclaration,
  kind: OutlineKind,
  inside: readonly ts.Node[],
): OutlineEntry[] {
  const { name } = node;
  if (name === undefined || !ts.isIdentifier(name)) return [];
  const source = node.getSourceFile();
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  return [
    {
      name: name.text,
      kind,
      at: stretchOf(name),
      lines: [lineAt(node.getStart()), lineAt(node.getEnd())],
      inside: inside.flatMap(declaredBy),
    },
  ];
}
