import { readFileSync } from 'node:fs'
import { buildSchema, Kind, parse, validate, visit } from 'graphql'
import { describe, expect, it } from 'vitest'
import { graphiqlShelves, graphiqlTabs } from './graphiql-tabs.ts'

const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'))
const tabs = graphiqlTabs()

describe('the tabs of GraphiQL', () => {
  it('lead from registration to a question across four contexts', () => {
    expect(tabs.map(({ name }) => name.split(':')[0])).toEqual([
      'Before signing in',
      'Register',
      'Sign in',
      'What the guest has gathered comes along',
      'Browse',
      'Cart',
      'A way to pay',
      'Checkout',
      'Live order',
      'Across four contexts',
    ])
  })

  it.each(tabs.map(tab => [tab.name, tab.query] as const))('%s fits the schema', (_, query) => {
    expect(validate(schema, parse(query))).toEqual([])
  })

  it('ask only for what an earlier tab has answered', () => {
    const seen = new Set<string>()
    for (const { name, query, variables } of tabs) {
      for (const [, wanted = ''] of JSON.stringify(variables).matchAll(/\{\{(\w+\.\w+)\}\}/g)) {
        expect(seen, `${name} needs ${wanted}`).toContain(wanted)
      }
      visit(parse(query), {
        Field({ name: { value: field }, selectionSet }) {
          for (const leaf of selectionSet?.selections ?? [])
            if (leaf.kind === Kind.FIELD && !leaf.selectionSet) seen.add(`${field}.${leaf.name.value}`)
        },
      })
    }
    expect(seen).toContain('order.cursor')
  })

  it('beside the tabs offer every query, mutation and subscription', () => {
    const offered = graphiqlShelves().flatMap(({ operations }) => operations)
    const asked = new Set(
      offered.flatMap(({ query }) =>
        parse(query).definitions.flatMap(each =>
          each.kind === Kind.OPERATION_DEFINITION
            ? each.selectionSet.selections.map(
                field => `${each.operation} ${field.kind === Kind.FIELD && field.name.value}`,
              )
            : [],
        ),
      ),
    )
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    const there = roots.flatMap(type =>
      Object.keys(type?.getFields() ?? {}).map(field => `${type?.name.toLowerCase()} ${field}`),
    )
    expect(there.length).toBeGreaterThan(70)
    expect(there.filter(field => !asked.has(field))).toEqual([])
    expect(new Set(offered.map(({ title }) => title)).size).toBe(offered.length)
  })

  it('signs in as the demo customer, with the demo password', () => {
    expect(tabs[2]?.variables).toMatchObject({
      input: { email: 'customer@mercato.local', password: 'correct horse battery staple' },
    })
  })
})
