/**
 * @file Reads where the names of the model's source are declared, with the TypeScript compiler.
 * Runs when the extension is built, never in it.
 */
import ts from 'typescript';
import type { Reference, SourceDefinitions } from '../../config/sourceDefinitions';
import { outlineOf, stretchOf } from './outline';

/** What is read, and how. */
export interface DefinitionsRequest {
  /** The folder that `files` are named under; its `tsconfig.engine.json` counts. */
  readonly folder: string;
  /** The files that ship: `model/attention.ts`. What they import besides is read, not indexed. */
  readonly files: readonly string[];
}

/** Every name of the files that is declared in one of them, but the declarations themselves. */
export function indexDefinitions({ folder, files }: DefinitionsRequest): SourceDefinitions {
  const program = ts.createProgram(
    files.map((file) => `${folder}/${file}`),
    compilerOptions(`${folder}/tsconfig.engine.json`),
  );
  const checker = program.getTypeChecker();
  const sources = files.map((file) => {
    const source = program.getSourceFile(`${folder}/${file}`);
    if (source === undefined) throw new Error(`Definitions: ${file} cannot be read.`);
    return source;
  });
  const indexOf = new Map(sources.map((source, index) => [source, index]));
  const references = sources.map((source) =>
    identifiersOf(source).flatMap((name): Reference[] => {
      const declared = declarationOf(name, checker);
      const file = declared && indexOf.get(declared.getSourceFile());
      if (declared === undefined || file === undefined || declared === name) return [];
      return [[...stretchOf(name), file, ...stretchOf(declared)]];
    }),
  );
  return { files, references, outlines: sources.map(outlineOf) };
}

function compilerOptions(path: string): ts.CompilerOptions {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic): never => {
      throw new Error(`Definitions: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, host);
  if (parsed === undefined) throw new Error(`Definitions: ${path} cannot be read.`);
  return { ...parsed.options, composite: false, incremental: false, noEmit: true };
}

function identifiersOf(source: ts.SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The name in the declaration of what an identifier stands for: itself where it declares. */
function declarationOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Node | undefined {
  const found = symbolOf(name, checker);
  const symbol =
    found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  return declaration && (ts.getNameOfDeclaration(declaration) ?? declaration);
}

function symbolOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = name;
  // `{ trace }` taken out of a scope leads to the scope's own `trace`.
  if (ts.isBindingElement(parent) && parent.name === name && parent.propertyName === undefined) {
    const property = checker.getTypeAtLocation(parent.parent).getProperty(name.text);
    if (property !== undefined) return property;
  }
  if (ts.isShorthandPropertyAssignment(parent)) {
    return checker.getShorthandAssignmentValueSymbol(parent);
  }
  return checker.getSymbolAtLocation(name);
}
