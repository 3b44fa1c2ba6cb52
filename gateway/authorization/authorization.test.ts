import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueToken, type OpenGateway, openGateway } from '../testing/open-gateway.ts'

let gate: OpenGateway
beforeAll(async () => {
  gate = await openGateway()
})
afterAll(async () => gate[Symbol.asyncDispose]())

const denied = (code: string, ...path: (string | number)[]) =>
  expect.objectContaining({ path, extensions: expect.objectContaining({ code }) })

describe('what a schema guards', () => {
  it('is null with UNAUTHENTICATED for somebody who is not signed in, and never fetched', async () => {
    gate.graph.seen.queries.length = 0
    const { body } = await gate.ask('{ person(id: "1") { name mail: email } }')
    expect(body.data).toEqual({ person: { name: 'Ada', mail: null } })
    expect(body.errors).toEqual([denied('UNAUTHENTICATED', 'person', 'mail')])
    expect(gate.graph.seen.queries.map(({ query }) => query).join()).not.toContain('email')
  })

  it('is there for somebody who is signed in', async () => {
    const { body } = await gate.ask('{ person(id: "1") { name email } }', { token: await issueToken() })
    expect(body).toEqual({ data: { person: { name: 'Ada', email: 'ada@example.com' } } })
  })

  it.each([
    ['no scopes', '', false],
    ['half of a set', 'people:read', false],
    ['a full set', 'people:read money:read', true],
    ['another full set', 'admin', true],
  ])('asks for scopes: %s', async (_, scope, allowed) => {
    const { body } = await gate.ask('{ person(id: "1") { name salary } }', { token: await issueToken({ scope }) })
    if (allowed) expect(body).toEqual({ data: { person: { name: 'Ada', salary: 100 } } })
    // A null that its type does not allow takes the person along.
    else expect(body).toEqual({ data: { person: null }, errors: [denied('FORBIDDEN', 'person', 'salary')] })
  })

  it('takes the whole answer along when nothing above may be null', async () => {
    const { body } = await gate.ask('{ person(id: "1") { name } audit { lines } }', { token: await issueToken() })
    expect(body).toEqual({ data: null, errors: [denied('FORBIDDEN', 'audit')] })
  })

  it.each([
    ['{ role }', { role: null }, ['role']],
    [
      '{ person(id: "1") { ...F } } fragment F on Person { a: email b: email }',
      { person: { a: null, b: null } },
      ['person', 'a'],
    ],
    [
      '{ person(id: "1") { ... on Person { ... @include(if: true) { email } } } }',
      { person: { email: null } },
      ['person', 'email'],
    ],
    [
      'query ($no: Boolean = false) { person(id: "1") { name email @include(if: $no) } }',
      { person: { name: 'Ada' } },
      undefined,
    ],
  ])('holds through enums, fragments and directives: %s', async (query, data, path) => {
    const { body } = await gate.ask(query)
    expect(body.data).toEqual(data)
    if (path) expect(body.errors[0]).toEqual(denied('UNAUTHENTICATED', ...path))
    else expect(body.errors).toBeUndefined()
  })

  it('holds in lists, item by item', async () => {
    const { body } = await gate.ask('{ orders { id buyer { name email } } }')
    expect(body.data.orders).toEqual([
      { id: 'o1', buyer: { name: 'Ada', email: null } },
      { id: 'o2', buyer: { name: 'Bob', email: null } },
    ])
    expect(body.errors).toEqual([
      denied('UNAUTHENTICATED', 'orders', 0, 'buyer', 'email'),
      denied('UNAUTHENTICATED', 'orders', 1, 'buyer', 'email'),
    ])
  })

  it('is decided by each type behind an interface', async () => {
    const anonymous = await gate.ask('{ things { __typename id label } }')
    expect(anonymous.body.data.things).toEqual([
      { __typename: 'Open', id: 'a', label: 'open' },
      { __typename: 'Guarded', id: 'b', label: null },
      null,
    ])
    expect(anonymous.body.errors).toEqual([
      denied('UNAUTHENTICATED', 'things', 1, 'label'),
      denied('UNAUTHENTICATED', 'things', 2),
    ])
    const signedIn = await gate.ask('{ things { id label } }', { token: await issueToken() })
    expect(signedIn.body.data.things).toEqual([{ id: 'a', label: 'open' }, { id: 'b', label: 'guarded' }, null])
    const hidden = await gate.ask('{ things { id label ... on Hidden { more: label } } }', {
      token: await issueToken({ scope: 'hidden' }),
    })
    expect(hidden.body).toEqual({
      data: {
        things: [
          { id: 'a', label: 'open' },
          { id: 'b', label: 'guarded' },
          { id: 'c', label: 'hidden', more: 'hidden' },
        ],
      },
    })
  })

  it('is decided by each type of a union', async () => {
    const { body } = await gate.ask('{ search { ... on Open { label } ... on Hidden { label } } }', {
      token: await issueToken(),
    })
    expect(body).toEqual({ data: null, errors: [denied('FORBIDDEN', 'search', 1)] })
  })

  it('holds for fields that require a guarded one of another subgraph', async () => {
    gate.graph.seen.queries.length = 0
    const { body } = await gate.ask('{ orders { id estimate } }')
    expect(body.data.orders).toEqual([
      { id: 'o1', estimate: null },
      { id: 'o2', estimate: null },
    ])
    expect(gate.graph.seen.queries.map(({ query }) => query).join()).not.toContain('weight')
    const signedIn = await gate.ask('{ orders { estimate } }', { token: await issueToken() })
    expect(signedIn.body).toEqual({ data: { orders: [{ estimate: '5 days' }, { estimate: '7 days' }] } })
  })

  it('asks policies about the request', async () => {
    const now = Date.now() / 1_000
    const unverified = await gate.ask('{ person(id: "1") { diary } }', { token: await issueToken() })
    expect(unverified.body).toEqual({
      data: { person: { diary: null } },
      errors: [denied('FORBIDDEN', 'person', 'diary')],
    })
    const verified = await gate.ask('{ person(id: "1") { diary } }', {
      token: await issueToken({ email_verified: true }),
    })
    expect(verified.body.data).toEqual({ person: { diary: 'dear diary' } })
    const long = await gate.ask('mutation { risky }', { token: await issueToken({ auth_time: now - 601 }) })
    expect(long.body).toEqual({ data: { risky: null }, errors: [denied('FORBIDDEN', 'risky')] })
    expect([unverified, long].map(({ body }) => body.errors[0].message)).toEqual([
      'Verify your e-mail address first.',
      'Sign in again to do this.',
    ])
    const recent = await gate.ask('mutation { risky }', { token: await issueToken({ auth_time: now - 599 }) })
    expect(recent.body).toEqual({ data: { risky: true } })
  })

  it('asks all policies of an operation at once', async () => {
    const asked: string[][] = []
    await using counting = await openGateway({
      policies: async names => {
        asked.push([...names])
        return new Set(names)
      },
    })
    const { body } = await counting.ask(
      'mutation { risky rename(id: "1", name: "x") { person { diary friends { diary } } } }',
      { token: await issueToken() },
    )
    expect(body.errors).toBeUndefined()
    expect(asked).toEqual([['recent_sign_in', 'verified_email']])
  })

  it('fetches nothing when nothing is allowed', async () => {
    gate.graph.seen.queries.length = 0
    await gate.ask('mutation { risky }')
    expect(gate.graph.seen.queries).toEqual([])
  })
})
