import { describe, expect, it, onTestFinished } from 'vitest'
import { APOLLO, collect, IN_PARTS, post, WAYS } from './testing/in-parts.ts'
import { openGateway } from './testing/open-gateway.ts'

const open = async (options: Parameters<typeof openGateway>[0] = {}) => {
  const gate = await openGateway(options)
  onTestFinished(() => gate[Symbol.asyncDispose]())
  const { http: url } = await gate.listen()
  return { gate, url }
}

const QUERY =
  'query ($later: Boolean! = true) { me { name ... @defer(if: $later, label: "later") { orders { id total } } } }'
const ORDERS = [{ id: 'o1', total: 10 }]

describe.each(WAYS)('an operation with @defer over %s', way => {
  it('is answered at once, and what is deferred follows', async () => {
    const { url } = await open()
    expect(await collect(IN_PARTS[way]({ query: QUERY }, { url }))).toEqual([
      { data: { me: { name: 'Ada' } }, hasNext: true },
      { incremental: [{ label: 'later', path: ['me'], data: { orders: ORDERS } }], hasNext: false },
    ])
  })
})

describe('a client that takes no parts', () => {
  it.each([
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'multipart/mixed;deferSpec=20300101, application/json',
  ])('and accepts %s gets everything in one answer', async accept => {
    const { url } = await open()
    const response = await post({ query: QUERY }, accept, { url })
    expect(await response.json()).toEqual({ data: { me: { name: 'Ada', orders: ORDERS } } })
  })

  it('is what one becomes for whom @defer is off', async () => {
    const { url } = await open()
    const response = await post({ query: QUERY, variables: { later: false } }, APOLLO, { url })
    expect(response.headers.get('content-type')).toContain('json')
    expect(await response.json()).toEqual({ data: { me: { name: 'Ada', orders: ORDERS } } })
  })
})
