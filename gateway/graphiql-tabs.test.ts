import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { graphiqlTabs } from './graphiql-tabs.ts'

const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'))
const tabs = graphiqlTabs()

describe('the tabs of GraphiQL', () => {
  it('lead from registration to a question across four contexts', () => {
    expect(tabs.map(({ name }) => name.split(':')[0])).toEqual([
      'Register',
      'Sign in',
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
      for (const [, field = '', selection = ''] of query.matchAll(/(\w+) \{([^{}]*)/g))
        for (const leaf of selection.split(/\s+/).filter(Boolean)) seen.add(`${field}.${leaf}`)
    }
    expect(seen).toContain('order.cursor')
  })

  it('signs in as the demo customer, with the demo password', () => {
    expect(tabs[1]?.variables).toMatchObject({
      input: { email: 'customer@mercato.local', password: 'correct horse battery staple' },
    })
  })
})
