import { describe, expect, it } from 'vitest'
import { issueToken, openGateway } from './testing/open-gateway.ts'
import { OVER, TRANSPORTS } from './testing/transports.ts'

const operator = () => issueToken({ scope: 'operations:admin people:read' })
const EXPLAIN = { explain: true }
const QUERY = '{ me { name email salary orders { estimate } } things { label } }'

it('a malformed wish for an explanation is answered with 400', async () => {
  await using gate = await openGateway()
  const body = JSON.stringify({ query: '{ motto }', extensions: { explain: 'yes' } })
  const headers = { 'content-type': 'application/json' }
  const response = await gate.gateway.fetch(new Request('http://gateway/graphql', { method: 'POST', headers, body }))
  expect(response.status).toBe(400)
})

describe.each(OVER)('over %s', over => {
  const ask = TRANSPORTS[over]

  it('an operation is explained to operators: its plan, and each field with what was decided', async () => {
    await using gate = await openGateway()
    const { data, extensions } = await ask(gate, { query: QUERY, extensions: EXPLAIN }, await operator())
    expect(data).toBeNull()
    expect(gate.graph.seen.queries).toEqual([])
    expect(extensions.explain.plan).toContain('Fetch(service: "orders")')
    const decisions = Object.fromEntries(
      extensions.explain.fields.map(({ field, decision }: { field: string; decision: string }) => [field, decision]),
    )
    expect(decisions).toMatchObject({
      'Query.me': 'open',
      'Person.email': 'allowed',
      'Person.salary': 'FORBIDDEN',
      'Order.estimate': 'allowed',
      'Open.label': 'open',
      'Guarded.label': 'allowed',
      'Hidden.label': 'FORBIDDEN',
    })
    expect(extensions.explain.plan).not.toContain('salary')
  })

  it.each([1, 'true', {}, []])('explain: %j is refused and executes nothing', async explain => {
    await using gate = await openGateway()
    const request = { query: 'mutation { rename(id: "1", name: "x") { person { name } } }', extensions: { explain } }
    const { data, errors } = await ask(gate, request, await operator())
    expect(data).toBeUndefined()
    expect(errors?.[0].extensions.code).toBe('BAD_REQUEST')
    expect(gate.graph.seen.queries).toEqual([])
  })

  it.each([false, null])('explain: %j asks for no explanation', async explain => {
    await using gate = await openGateway()
    expect(await ask(gate, { query: '{ motto }', extensions: { explain } })).toEqual({
      data: { motto: 'Festina lente' },
    })
  })

  it('nobody else is told, and nothing is executed', async () => {
    await using gate = await openGateway()
    const request = { query: 'mutation { rename(id: "1", name: "x") { person { name } } }', extensions: EXPLAIN }
    expect((await ask(gate, request)).errors?.[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await ask(gate, request, await issueToken())).errors?.[0].extensions.code).toBe('FORBIDDEN')
    expect((await ask(gate, request, await operator())).data).toBeNull()
    expect(gate.graph.seen.queries).toEqual([])
  })
})
