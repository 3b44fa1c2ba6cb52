import ts from 'typescript-6'

/** The part of JSON Schema (2020-12) that our types need. */
export type JsonSchema = {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly const?: string | number | boolean | null
  readonly enum?: readonly (string | number)[]
  readonly anyOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema
}

const flags = ts.TypeFlags

/** The JSON schema of what `JSON.stringify` makes of values of a type. Objects stay open: a consumer ignores what it does not know. */
export function schemaOf(type: ts.Type, checker: ts.TypeChecker): JsonSchema {
  if (type.flags & (flags.Any | flags.Unknown | flags.TypeParameter)) return {}
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
  if (type.flags & flags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
  if (type.flags & flags.Boolean) return { type: 'boolean' }
  if (type.flags & flags.Null) return { type: 'null' }
  if (type.isUnion())
    return unionOf(type.types.filter(part => !(part.flags & flags.Undefined)).map(part => schemaOf(part, checker)))
  if (isText(type)) return { type: 'string' }
  if (type.flags & flags.NumberLike) return { type: 'number' }
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference)
    return { type: 'array', items: item === undefined ? {} : schemaOf(item, checker) }
  }
  if (type.flags & (flags.Object | flags.NonPrimitive | flags.Intersection)) return objectSchema(type, checker)
  throw new Error(`An event cannot carry ${checker.typeToString(type)}.`)
}

/** One schema for all: equal ones once, constants as an enumeration. */
export function unionOf(schemas: readonly JsonSchema[]): JsonSchema {
  const byText = new Map(schemas.map(schema => [JSON.stringify(schema), schema]))
  const distinct = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, schema]) => schema)
  const [first] = distinct
  if (distinct.length === 1 && first !== undefined) return first
  const constants = distinct.flatMap(schema => (schema.const === undefined ? [] : [schema.const]))
  if (constants.length === distinct.length) {
    const values = constants.filter(value => typeof value === 'string' || typeof value === 'number')
    return values.length === constants.length ? { enum: values.sort() } : { type: 'boolean' }
  }
  return { anyOf: distinct }
}

/** Text, branded text included. */
function isText(type: ts.Type): boolean {
  return (type.flags & flags.StringLike) !== 0 || (type.isIntersection() && type.types.some(isText))
}

function objectSchema(type: ts.Type, checker: ts.TypeChecker): JsonSchema {
  const members = checker.getPropertiesOfType(type).map(symbol => {
    const description = ts.displayPartsToString(symbol.getDocumentationComment(checker))
    const schema = schemaOf(checker.getTypeOfSymbol(symbol), checker)
    return {
      name: symbol.name,
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      schema: description === '' ? schema : { description, ...schema },
    }
  })
  const values = checker.getIndexInfoOfType(type, ts.IndexKind.String)
  return {
    type: 'object',
    ...(members.length > 0
      ? { properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema])) }
      : {}),
    ...(members.some(({ optional }) => !optional)
      ? { required: members.filter(({ optional }) => !optional).map(({ name }) => name) }
      : {}),
    ...(values === undefined ? {} : { additionalProperties: schemaOf(values.type, checker) }),
  }
}
