import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cpuOf, slowness } from './testing/cpu.ts'
import { type OpenGateway, openGateway } from './testing/open-gateway.ts'
import { type Answered, OVER, TRANSPORTS } from './testing/transports.ts'

let gate: OpenGateway
beforeAll(async () => {
  gate = await openGateway()
  await gate.ask('{ __typename }')
})
afterAll(async () => gate[Symbol.asyncDispose]())

const fanOut = (levels: number): string => {
  const fragments = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on Person { a: friends { ...F${i + 1} } b: friends { ...F${i + 1} } }`,
  )
  return `{ me { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Person { id }`
}
const repeat = (n: number, text: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ')

/** Milliseconds of CPU, client included. */
const AT_MOST = 50
const slow = slowness()

describe.each(OVER)('a hostile query over %s costs nothing', over => {
  const refuse = async (query: string, variables?: Readonly<Record<string, unknown>>): Promise<number> => {
    const asked = gate.graph.seen.queries.length
    let answer: Answered | undefined
    const cpu = await cpuOf(async () => {
      answer = await TRANSPORTS[over](gate, { query, ...(variables && { variables }) })
    })
    expect(answer?.data).toBeUndefined()
    expect(answer?.errors?.[0].extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', retryable: false })
    expect(gate.graph.seen.queries).toHaveLength(asked)
    return cpu
  }

  it('refuses 20 fragments that each spread the next twice in 10 ms, without planning', async () => {
    const times: number[] = []
    for (let i = 0; i < 10; i++) times.push(await refuse(`${fanOut(20)} # never seen before ${i}`))
    expect(times.sort((a, b) => a - b)[4]).toBeLessThan(10 * slow)
  })

  it.each([
    ['10,000 aliases', `{ ${repeat(10_000, i => `a${i}: __typename`)} }`],
    ['60 aliases', `{ me { ${repeat(60, i => `a${i}: name`)} } }`],
    ['depth 500', `{ me ${'{ friends '.repeat(480)} { id } ${'}'.repeat(480)} }`],
    ['depth 20', `{ me ${'{ friends '.repeat(20)} { id } ${'}'.repeat(20)} }`],
    ['2,000 tokens', `{ ${repeat(2_000, () => '__typename')} }`],
    ['10,000 directives', `{ __typename ${'@skip(if: false) '.repeat(10_000)} }`],
    ['100 directives', `{ ${repeat(100, () => '__typename @skip(if: false)')} }`],
    ['a list literal 20,000 deep', `{ echo(input: { list: ${'['.repeat(20_000)}${']'.repeat(20_000)} }) }`],
    ['a list literal 300 deep', `{ echo(input: { list: ${'['.repeat(300)}${']'.repeat(300)} }) }`],
    ['pages within pages', '{ me { friends(first: 100) { friends(first: 100) { friends(first: 100) { id } } } } }'],
    ['a subscription of 60 aliases', `subscription { renamed { ${repeat(60, i => `a${i}: cursor`)} } }`],
  ])('refuses %s in 50 ms', async (_, query) => {
    expect(await refuse(query)).toBeLessThan(AT_MOST * slow)
  })

  it('refuses page sizes that come as variables, and from their defaults', async () => {
    const query =
      'query ($n: Int = 100) { me { friends(first: $n) { friends(first: $n) { friends(first: $n) { id } } } } }'
    expect(await refuse(query)).toBeLessThan(AT_MOST * slow)
    expect((await TRANSPORTS[over](gate, { query, variables: { n: 2 } })).errors).toBeUndefined()
  })

  it('takes __proto__ and constructor for the names they are', async () => {
    const aliases = await TRANSPORTS[over](gate, { query: '{ __proto__: __typename constructor: __typename }' })
    expect(JSON.stringify(aliases.data)).toBe('{"__proto__":"Query","constructor":"Query"}')
    const variables = JSON.parse('{"__proto__":{"polluted":1},"constructor":"c"}')
    const query = 'query ($constructor: String) { echo(input: { text: $constructor }) }'
    expect((await TRANSPORTS[over](gate, { query, variables })).data).toEqual({ echo: '{"text":"c"}' })
    expect({}).not.toHaveProperty('polluted')
  })

  it('answers neither introspection nor suggestions outside development', async () => {
    const [schema, misspelt] = [
      await TRANSPORTS[over](gate, { query: '{ __schema { queryType { name } } }' }),
      await TRANSPORTS[over](gate, { query: '{ mee }' }),
    ]
    expect(schema.errors?.[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(misspelt.errors?.[0].message).not.toContain('Did you mean')
  })

  it('lets the operations of an ordinary page through', async () => {
    const query =
      '{ me { name orders { id total buyer { name friends(first: 20) { name lastOrder { total } } } } } orders(first: 50) { id buyer { name } } }'
    expect((await TRANSPORTS[over](gate, { query })).errors).toBeUndefined()
  })
})

describe('a hostile request', () => {
  it('for too much is answered with 400', async () => {
    const accept = { headers: { accept: 'application/graphql-response+json' } }
    expect((await gate.ask(fanOut(20), accept)).status).toBe(400)
  })

  it('refuses variables nested 20,000 deep', async () => {
    const deep = `${'{"list":['.repeat(20_000)}${']}'.repeat(20_000)}`
    const response = await gate.gateway.fetch(
      new Request('http://gateway/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":"query ($input: Echo) { echo(input: $input) }","variables":{"input":${deep}}}`,
      }),
    )
    expect((await response.json()).errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX')
  })

  it('refuses 5 MB with 413', async () => {
    const { status, body } = await gate.ask(`{ __typename } # ${'x'.repeat(5_000_000)}`)
    expect(status).toBe(413)
    expect(body.errors[0].extensions.code).toBe('PAYLOAD_TOO_LARGE')
  })

  it.each([
    [
      'an alias',
      '{ __proto__: __typename constructor: __typename }',
      undefined,
      '{"__proto__":"Query","constructor":"Query"}',
    ],
    [
      'a variable',
      'query ($constructor: String) { echo(input: { text: $constructor }) }',
      JSON.parse('{"__proto__":{"polluted":1},"constructor":"c"}'),
      JSON.stringify({ echo: '{"text":"c"}' }),
    ],
    [
      'an input',
      'query ($input: Echo) { echo(input: $input) }',
      JSON.parse('{"input":{"__proto__":{"polluted":1}}}'),
      undefined,
    ],
  ])('takes __proto__ and constructor as %s for what they are', async (_, query, variables, data) => {
    const { body } = await gate.ask(query, { variables })
    expect({}).not.toHaveProperty('polluted')
    if (data) expect(JSON.stringify(body.data)).toBe(data)
    else expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answers neither introspection nor suggestions outside development', async () => {
    const introspection = await gate.ask('{ __schema { queryType { name } } }')
    expect(introspection.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    const misspelt = await gate.ask('{ mee }')
    expect(misspelt.body.errors[0].message).not.toContain('Did you mean')
    const value = await gate.ask('query ($i: Echo) { echo(input: $i) }', { variables: { i: { texxt: 'a' } } })
    expect(value.body.errors[0].message).not.toContain('Did you mean')
    await using development = await openGateway({ development: true })
    expect((await development.ask('{ __schema { queryType { name } } }')).body.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    })
    expect((await development.ask('{ mee }')).body.errors[0].message).toContain('Did you mean "me"?')
  })

  it('takes headers that are called __proto__ and constructor for nothing', async () => {
    const headers = Object.fromEntries([
      ['__proto__', 'polluted'],
      ['constructor', 'c'],
      ['prototype', 'p'],
    ])
    const { status, body } = await gate.ask('{ me { name } }', { headers })
    expect({ status, body }).toEqual({ status: 200, body: { data: { me: { name: 'Ada' } } } })
    expect({}).not.toHaveProperty('polluted')
  })

  it('answers a subgraph that sends __proto__ with what was asked, and nothing else', async () => {
    const hostile = {
      fetch: async () =>
        new Response('{"data":{"orders":[{"__proto__":{"polluted":1},"id":"o9","total":1}]}}', {
          headers: { 'content-type': 'application/json' },
        }),
      [Symbol.asyncDispose]: async () => undefined,
    }
    await using behind = await openGateway({ replace: { orders: hostile } })
    expect((await behind.ask('{ orders { id total } }')).body).toEqual({ data: { orders: [{ id: 'o9', total: 1 }] } })
    expect({}).not.toHaveProperty('polluted')
  })
})
