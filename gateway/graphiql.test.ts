import { describe, expect, it } from 'vitest'
import { renderGraphiqlPage } from './graphiql.ts'
import { KEY, tabs } from './testing/graphiql-server.ts'

describe('the page', () => {
  it('is the same for the same options and another for others, so that it can be cached', () => {
    const options = { endpoint: '/graphql', apiKey: KEY, tabs }
    expect(renderGraphiqlPage(options)).toBe(renderGraphiqlPage(options))
    expect(renderGraphiqlPage({ ...options, apiKey: 'another' })).not.toBe(renderGraphiqlPage(options))
  })

  it('cannot be broken out of by what the tabs hold', () => {
    expect(renderGraphiqlPage({ endpoint: '/graphql', tabs })).not.toContain('</script><b>')
  })
})
