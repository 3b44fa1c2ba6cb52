import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { composeSupergraph, main } from './compose.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])'
const users = `${link} type Query { "Oneself." me: User @authenticated } type User @key(fields: "id") { id: ID! name: String }`
const orders = `${link} type Query { orders: [Order!]! } type Order @key(fields: "id") { id: ID! buyer: User } type User @key(fields: "id") { id: ID! orders: [Order!] }`

const folderWith = (subgraphs: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'))
  mkdirSync(join(folder, 'subgraphs'))
  for (const [name, sdl] of Object.entries(subgraphs)) writeFileSync(join(folder, 'subgraphs', `${name}.graphql`), sdl)
  return folder
}
const run = (folder: string, ...args: string[]) => {
  const lines: string[] = []
  return { code: main(args, line => lines.push(line), folder), text: lines.join('\n') }
}

describe('composing', () => {
  it('finds every context by its file, and gives each its address', () => {
    const composed = composeSupergraph(
      folderWith({ user: users, order: orders, wishlist: 'type Query { wishes: Int }' }),
    )
    if (composed.outcome === 'refused') throw new Error(composed.problems.join())
    expect(composed.supergraph).toContain('USER @join__graph(name: "user", url: "http://user:4001/graphql")')
    expect(composed.supergraph).toContain(
      'WISHLIST @join__graph(name: "wishlist", url: "http://wishlist:4005/graphql")',
    )
    expect(composed.supergraph).toContain('@authenticated')
  })

  it('gives clients a schema without federation in it', () => {
    const composed = composeSupergraph(folderWith({ user: users, order: orders }))
    if (composed.outcome === 'refused') throw new Error(composed.problems.join())
    expect(composed.api).not.toContain('@')
    expect(Object.keys(buildSchema(composed.api).getType('User')?.toConfig() ?? {})).toContain('fields')
    expect(composed.api).toContain('"""Oneself."""')
  })

  it('says what does not compose, and where', () => {
    const broken = run(
      folderWith({
        user: users,
        order: orders.replace('fields: "id") { id: ID! orders', 'fields: "nope") { id: ID! orders'),
      }),
    )
    expect(broken.code).toBe(1)
    expect(broken.text).toContain('KEY_INVALID_FIELDS')
    expect(broken.text).toContain('schema/subgraphs/order.graphql:1')
  })

  it('says where a file is no SDL', () => {
    expect(run(folderWith({ user: 'type Query {' })).text).toContain('schema/subgraphs/user.graphql: Syntax Error')
  })

  it('notices stale files, and is content after writing them', () => {
    const folder = folderWith({ user: users })
    expect(run(folder, '--check')).toMatchObject({
      code: 1,
      text: expect.stringContaining('supergraph.graphql is stale'),
    })
    expect(run(folder).code).toBe(0)
    expect(run(folder, '--check').code).toBe(0)
    writeFileSync(join(folder, 'api.graphql'), `${readFileSync(join(folder, 'api.graphql'), 'utf8')}# edited`)
    expect(run(folder, '--check')).toMatchObject({ code: 1, text: expect.stringContaining('api.graphql is stale') })
  })
})
