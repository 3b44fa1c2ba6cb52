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
      for (const type of textsOf(name.node, checker)) yield { type, version: version.type.value, data: schema }
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

/** Every text an expression can be: a literal, or a template whose parts are unions of literals. */
function textsOf(expression: ts.Expression, checker: ts.TypeChecker): string[] {
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce(
      (texts, span) =>
        texts.flatMap(text => textsOf(span.expression, checker).map(part => `${text}${part}${span.literal.text}`)),
      [expression.head.text],
    )
  }
  const type = checker.getTypeAtLocation(expression)
  const parts = type.isUnion() ? type.types : [type]
  return parts.map(part => {
    if (part.isStringLiteral()) return part.value
    throw new Error(`The type of a published event is not a constant: ${expression.getText()}`)
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
