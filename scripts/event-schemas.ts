import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript-6'
import { type JsonSchema, schemaOf, unionOf } from './json-schema.ts'

/** A JSON schema per published event and version, by file name. */
export type EventSchemas = ReadonlyMap<string, JsonSchema>

/**
 * Reads what each context's application/published-events.ts publishes, every `{ type, version, data }` in it, and turns
 * the types the compiler infers into JSON schemas: the contract cannot say anything that the code does not.
 */
export function deriveEventSchemas(root: string): EventSchemas {
  const published = 'application/published-events.ts'
  const envelope = 'shared-kernel/application/integration-event.ts'
  const sources = readdirSync(join(root, 'subgraphs')).map(context => join(root, 'subgraphs', context, published))
  const files = sources.filter(file => ts.sys.fileExists(file))
  const program = ts.createProgram([...files, join(root, envelope)], compilerOptions(root))
  const checker = program.getTypeChecker()

  const found = new Map<string, { readonly type: string; readonly version: number; readonly data: JsonSchema[] }>()
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (source === undefined) throw new Error(`${file} cannot be read.`)
    for (const { type, version, data } of publicationsIn(source, checker)) {
      const key = `${type}.v${version}`
      const event = found.get(key) ?? { type, version, data: [] }
      found.set(key, { ...event, data: [...event.data, data] })
    }
  }

  const frame = envelopeSchema(program, checker, join(root, envelope))
  const named = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(
    named.map(([key, { type, version, data }]) => [`${key}.json`, describe(key, type, version, data, frame)]),
  )
}

function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root).options
}

function* publicationsIn(
  source: ts.Node,
  checker: ts.TypeChecker,
): Generator<{ type: string; version: number; data: JsonSchema }> {
  if (ts.isObjectLiteralExpression(source)) {
    const [name, version, data] = ['type', 'version', 'data'].map(property => valueIn(source, property, checker))
    if (name !== undefined && version !== undefined && data !== undefined) {
      if (!version.type.isNumberLiteral()) throw new Error(`The version of ${source.getText()} is not a constant.`)
      const schema = schemaOf(data.type, checker)
      for (const type of textsOf(name.node, source, checker)) yield { type, version: version.type.value, data: schema }
      return
    }
  }
  for (const child of source.getChildren()) yield* publicationsIn(child, checker)
}

function valueIn(
  literal: ts.ObjectLiteralExpression,
  name: string,
  checker: ts.TypeChecker,
): { readonly node: ts.Expression; readonly type: ts.Type } | undefined {
  for (const property of literal.properties) {
    if (property.name?.getText() !== name) continue
    if (ts.isPropertyAssignment(property)) {
      return { node: property.initializer, type: checker.getTypeAtLocation(property.initializer) }
    }
    const symbol = ts.isShorthandPropertyAssignment(property)
      ? checker.getShorthandAssignmentValueSymbol(property)
      : undefined
    if (symbol !== undefined && ts.isShorthandPropertyAssignment(property)) {
      return { node: property.name, type: checker.getTypeOfSymbolAtLocation(symbol, property.name) }
    }
  }
  return undefined
}

/**
 * Every text an expression can be at a place: a literal, a template whose parts are unions of literals, or a constant made
 * of these. What a `switch` around the place asks for is narrowed to the labels that lead there.
 */
function textsOf(expression: ts.Expression, at: ts.Node, checker: ts.TypeChecker): readonly string[] {
  const labels = labelsLeadingTo(at, expression.getText())
  if (labels.length > 0) return labels
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce<readonly string[]>(
      (texts, span) =>
        texts.flatMap(text => textsOf(span.expression, at, checker).map(part => `${text}${part}${span.literal.text}`)),
      [expression.head.text],
    )
  }
  const constant = ts.isIdentifier(expression) ? initializerOf(expression, checker) : undefined
  if (constant !== undefined) return textsOf(constant, at, checker)
  const type = checker.getTypeAtLocation(expression)
  return (type.isUnion() ? type.types : [type]).map(part => {
    if (part.isStringLiteral()) return part.value
    throw new Error(`The type of a published event is not a constant: ${expression.getText()}`)
  })
}

function initializerOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Expression | undefined {
  const shorthand = ts.isShorthandPropertyAssignment(name.parent)
  const symbol = shorthand ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name)
  const declaration = symbol?.valueDeclaration
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined
}

/** The labels of the `switch (<asked>)` around a place that lead to it, those that fall through included. */
function labelsLeadingTo(place: ts.Node, asked: string): string[] {
  const clause = ts.findAncestor(place, ts.isCaseClause)
  if (clause === undefined) return []
  if (clause.parent.parent.expression.getText() !== asked) return labelsLeadingTo(clause.parent.parent, asked)
  const { clauses } = clause.parent
  let first = clauses.indexOf(clause)
  while (clauses[first - 1]?.statements.length === 0) first--
  return clauses.slice(first, clauses.indexOf(clause) + 1).flatMap(each => {
    if (!ts.isCaseClause(each) || !ts.isStringLiteral(each.expression)) return []
    return [each.expression.text]
  })
}

function envelopeSchema(program: ts.Program, checker: ts.TypeChecker, file: string): JsonSchema {
  const source = program.getSourceFile(file)
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
  const symbol = module === undefined ? undefined : checker.tryGetMemberInModuleExports('IntegrationEvent', module)
  if (symbol === undefined) throw new Error(`${file} exports no IntegrationEvent.`)
  return schemaOf(checker.getDeclaredTypeOfSymbol(symbol), checker)
}

function describe(
  key: string,
  type: string,
  version: number,
  data: readonly JsonSchema[],
  frame: JsonSchema,
): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: key,
    ...frame,
    title: type,
    properties: { ...frame.properties, type: { const: type }, version: { const: version }, data: unionOf(data) },
  }
}
