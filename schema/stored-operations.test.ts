import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  buildSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { composeSupergraph } from './compose.ts'
import { operationPaths, readOperation } from './stored-operations.ts'

const composed = composeSupergraph()
if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
const schema = buildSchema(composed.api)
const paths = operationPaths()

const operationOf = (query: string): OperationDefinitionNode => {
  const operation = getOperationAST(parse(query))
  if (!operation) throw new Error('more or less than one operation')
  return operation
}
const rootFieldsOf = ({ operation, selectionSet }: OperationDefinitionNode): string[] =>
  selectionSet.selections.flatMap(each => (each.kind === Kind.FIELD ? [`${operation} ${each.name.value}`] : []))

describe('stored operations', () => {
  it.each(paths)('%s fits the schema', path => {
    const { query, variables } = readOperation(path)
    expect(validate(schema, parse(query)).map(error => error.message)).toEqual([])
    const declared = operationOf(query).variableDefinitions ?? []
    expect(Object.keys(variables).filter(name => !declared.some(each => each.variable.name.value === name))).toEqual([])
    if (path.startsWith('rest/')) return
    expect(getVariableValues(schema, declared, variables).errors?.map(error => error.message) ?? []).toEqual([])
  })

  it.each(paths.filter(path => !path.startsWith('rest/')))('%s is named after its file and says what for', path => {
    const { name, about } = readOperation(path)
    expect(name).toBe(
      basename(path)
        .split('-')
        .map(word => `${word[0]?.toUpperCase()}${word.slice(1)}`)
        .join(''),
    )
    expect(about).toMatch(/^\S.*\.( \S.*)?$|…$/)
  })

  it('cover every query, mutation and subscription, REST aside', () => {
    const asked = new Set(
      paths
        .filter(path => !path.startsWith('rest/'))
        .flatMap(path => rootFieldsOf(operationOf(readOperation(path).query))),
    )
    const there = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(type =>
      Object.keys(type?.getFields() ?? {}).map(field => `${type?.name.toLowerCase()} ${field}`),
    )
    expect(there.length).toBeGreaterThan(50)
    expect(there.filter(field => !asked.has(field))).toEqual([])
  })

  it('have names of their own', () => {
    const names = paths.map(path => readOperation(path).name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('leave no example behind whose operation is gone', () => {
    const folder = fileURLToPath(new URL('./operations/', import.meta.url))
    const examples = globSync('**/*.variables.json', { cwd: folder }).map(file =>
      file.replace(/\.variables\.json$/, ''),
    )
    expect(examples.filter(path => !paths.includes(path))).toEqual([])
    for (const path of examples)
      expect(() => JSON.parse(readFileSync(`${folder}${path}.variables.json`, 'utf8'))).not.toThrow()
  })

  it('spread every shared fragment, and bring along those that they spread', () => {
    const documents = paths.map(path => readOperation(path).query).join('\n')
    const folder = fileURLToPath(new URL('./fragments/', import.meta.url))
    const shared = globSync('*.graphql', { cwd: folder }).flatMap(file =>
      parse(readFileSync(`${folder}${file}`, 'utf8')).definitions.flatMap(each =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [each.name.value] : [],
      ),
    )
    expect(shared.length).toBeGreaterThan(10)
    expect(shared.filter(name => !documents.includes(`fragment ${name} on `))).toEqual([])
  })

  it('are refused when there is none, or none with a name', () => {
    expect(() => readOperation('order/no-such')).toThrow(/no-such/)
  })
})
