import { createMemoryTracing, type MemoryTracing } from '@mercato/adapters/tracing/memory'
import { createArgon2Hasher } from '@mercato/user/composition'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CANARY, CANARY_ADDRESS, type CanaryRequest, findAll, formsOf } from './testing-canaries.ts'
import { type Answer, createClient, mutation } from './testing-client.ts'
import { type Person, payingWith, person, stocked } from './testing-people.ts'
import { createRecorders } from './testing-recorders.ts'
import { listen } from './testing-socket.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

const USERNAME = 'canaryname'
const REQUESTS = 500

const recorders = createRecorders()
let tracing: MemoryTracing
let system: System
let stranger: Person
/** Values that came up while the requests ran: tokens of sessions and mailed links. */
const issued: string[] = []
const strangersAnswers: string[] = []
let sent = 0
let failed = 0

/** Every so often a store breaks down and says more than it should. */
let appends = 0
const breakdown = (): void => {
  if (++appends % 4 !== 0) return
  throw new Error(
    `connect postgres://mercato:${CANARY.opaqueToken}@10.0.0.1/order failed for ${CANARY.email}, token=${CANARY.opaqueToken}`,
  )
}

const tokensIn = (text: string): readonly string[] =>
  [...text.matchAll(/"(?:accessToken|refreshToken)":"([^"]+)"|#token=(\S+)/g)].map(match => match[1] ?? match[2] ?? '')

const requestsOf = (owner: { productId: string; sku: string; paymentMethodId: string }): readonly CanaryRequest[] => {
  const { sku, paymentMethodId } = owner
  const placing = { lines: [{ sku, quantity: 1 }], paymentMethodId, shippingAddress: CANARY_ADDRESS }
  const inputs: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['updateProfile', { displayName: CANARY.displayName, phone: CANARY.phone }],
    ['updateProfile', { displayName: `${CANARY.displayName}\u0000`, phone: `${CANARY.phone} x` }],
    ['addAddress', { address: CANARY_ADDRESS, asDefault: true }],
    ['addAddress', { address: { ...CANARY_ADDRESS, country: 'Canaryland' } }],
    ['updateAddress', { addressId: owner.productId, address: CANARY_ADDRESS }],
    ['addPaymentMethod', { token: CANARY.paymentToken, label: CANARY.paymentLabel }],
    ['addPaymentMethod', { token: CANARY.wrongPaymentToken, label: CANARY.paymentLabel }],
    ['placeOrder', { ...placing, billingAddress: CANARY_ADDRESS }],
    ['placeOrder', { ...placing, paymentMethodId: CANARY.opaqueToken }],
    ['placeOrder', { ...placing, shippingAddress: { ...CANARY_ADDRESS, postalCode: '' } }],
    ['cancelOrder', { orderId: owner.productId, reason: CANARY.note }],
    ['requestReturn', { orderId: owner.productId, lines: [{ sku, quantity: 1 }], reason: CANARY.note }],
    ['signIn', { email: CANARY.email, password: CANARY.password }],
    ['signIn', { email: CANARY.email, password: CANARY.newPassword }],
    ['refreshSession', { refreshToken: CANARY.opaqueToken }],
    ['signOut', { refreshToken: CANARY.opaqueToken }],
    ['revokeSession', { sessionId: CANARY.opaqueToken }],
    ['verifyEmail', { token: CANARY.opaqueToken }],
    ['completeRegistration', { token: CANARY.opaqueToken, password: CANARY.password }],
    ['resetPassword', { token: CANARY.opaqueToken, password: CANARY.newPassword }],
    ['requestPasswordReset', { email: CANARY.email }],
    ['resendVerification', { email: CANARY.email }],
    ['changePassword', { currentPassword: CANARY.newPassword, newPassword: CANARY.password }],
    ['registerUser', { email: CANARY.email, username: USERNAME, password: CANARY.password }],
    ['registerUser', { email: CANARY.secondEmail, username: `${USERNAME}2`, password: CANARY.password }],
    ['registerUser', { email: `${CANARY.email}@`, username: 'x', password: 'short' }],
  ]
  return inputs.flatMap(([field, input]) => formsOf(field, input))
}

/** What somebody else asks about the owner, by every name that could lead there. */
const probing = (ownerId: string, orderId: string): readonly CanaryRequest[] => [
  { query: `{ user(id: "${ownerId}") { id username email displayName phone addresses { id address { line1 } } } }` },
  { query: `{ user(id: "${ownerId}") { paymentMethods { label } orders { edges { node { id } } } } }` },
  { query: `{ order(id: "${orderId}") { shippingAddress { name line1 city } customer { email displayName } } }` },
  { query: `{ payment(id: "${orderId}") { status order { shippingAddress { line1 } } } }` },
  { query: `{ users(filter: { email: "canary" }) { edges { node { email } } } }` },
  { query: mutation('cancelOrder', 'order { shippingAddress { line1 } }'), variables: { input: { orderId } } },
  {
    query: mutation('registerUser', 'user { email }'),
    variables: { input: { email: CANARY.email, username: 'other1' } },
  },
]

beforeAll(async () => {
  tracing = createMemoryTracing()
  system = await openSystem({
    hasher: createArgon2Hasher(),
    logger: recorders.logger,
    metricsOf: recorders.metricsOf,
    wrap: (context, ports) => {
      const store = {
        ...ports.store,
        async append(...given: Parameters<typeof ports.store.append>) {
          if (appends >= 0) breakdown()
          return ports.store.append(...given)
        },
      }
      return recorders.wrap(context, { ...ports, store })
    },
  })
  appends = Number.NEGATIVE_INFINITY
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const product = await stocked(merchandiser, 'CUP', 1_000)
  stranger = await person(system, 'stranger')

  const owner = createClient(system.gateway)
  const ask = async (request: CanaryRequest): Promise<Answer> => {
    const answer = await owner.send(request.query, request.variables, { headers: { ...request.headers } })
    issued.push(...tokensIn(answer.text))
    sent++
    if (answer.errors) failed++
    return answer
  }
  const registration = { email: CANARY.email, username: USERNAME, password: CANARY.password }
  await ask({ query: mutation('registerUser', 'user { id }'), variables: { input: registration } })
  const mail = await eventually('the mail', async () =>
    (await system.mailbox.list()).find(({ to }) => to === CANARY.email),
  )
  const [token] = tokensIn(mail.text)
  await ask({ query: mutation('verifyEmail', ''), variables: { input: { token } } })
  const signIn = mutation('signIn', 'session { accessToken refreshToken } user { id }')
  const credentials = { email: CANARY.email, password: CANARY.password }
  const { data } = await ask({ query: signIn, variables: { input: credentials } })
  owner.signIn(data.signIn.session.accessToken)
  const paymentMethodId = await payingWith(owner)
  const placing = { lines: [{ sku: 'CUP', quantity: 1 }], paymentMethodId, shippingAddress: CANARY_ADDRESS }
  const { order } = await owner.tell('placeOrder', placing, 'order { id }')

  appends = 0
  const probes = probing(data.signIn.user.id, order.id)
  const requests = requestsOf({ productId: product.id, sku: product.sku, paymentMethodId })
  for (let index = 0; sent < REQUESTS; index++) {
    await ask(requests[index % requests.length] as CanaryRequest)
    const probe = probes[index % probes.length] as CanaryRequest
    const answer = await stranger.send(probe.query, probe.variables)
    strangersAnswers.push(answer.text)
    sent++
  }
  appends = Number.NEGATIVE_INFINITY

  const rest = await system.gateway.fetch(
    new Request('http://gateway/api/v1/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': CANARY.apiKey },
      body: JSON.stringify({ email: CANARY.email, username: USERNAME }),
    }),
  )
  strangersAnswers.push((await rest.text()).replaceAll(USERNAME, ''))
  await using server = await listen(system.gateway)
  await using socket = server.open(CANARY.opaqueToken)
  await socket.send({ query: '{ me { id } }' }).catch(() => undefined)
  const reset = mutation('requestPasswordReset', '')
  await ask({ query: reset, variables: { input: { email: CANARY.email } } })
  for (const { text } of await system.mailbox.list()) issued.push(...tokensIn(text))
}, 60_000)

afterAll(async () => {
  await system[Symbol.asyncDispose]()
  await tracing[Symbol.asyncDispose]()
})

const everything = (): readonly string[] => [...Object.values(CANARY), USERNAME, ...issued]

describe(`passwords, addresses, tokens and keys in ${REQUESTS} requests, many of which fail,`, () => {
  it('were really sent', () => {
    expect(sent).toBeGreaterThanOrEqual(REQUESTS)
    expect(failed).toBeGreaterThan(100)
    expect(issued.length).toBeGreaterThan(4)
    expect(recorders.lines.length).toBeGreaterThan(10)
    expect(tracing.spans().length).toBeGreaterThan(REQUESTS)
  })

  it('are in no line of the log', () => {
    expect(findAll('log', recorders.lines, everything())).toEqual([])
  })

  it('are in no metric', async () => {
    expect(findAll('metrics', [await recorders.metrics()], everything())).toEqual([])
  })

  it('are in no span', () => {
    const spans = tracing.spans().map(span => JSON.stringify(span))
    expect(findAll('span', spans, everything())).toEqual([])
  })

  it('are in nothing that somebody else is answered', () => {
    const own = strangersAnswers.map(text => text.replaceAll(stranger.username, ''))
    const known = new Set<string>([CANARY.paymentToken, USERNAME])
    expect(
      findAll(
        'answer',
        own,
        everything().filter(value => !known.has(value)),
      ),
    ).toEqual([])
  })

  it('are sealed in the event log', () => {
    const logs = Object.values(system.ports).flatMap(({ log }) => log.events.map(event => JSON.stringify(event)))
    expect(logs.length).toBeGreaterThan(50)
    expect(findAll('event log', logs, everything())).toEqual([])
  })

  it.each(['event log', 'bus', 'idempotency records', 'claims', 'timers', 'checkpoints'])(
    'are in nothing that is handed to the port of %s',
    port => {
      const kept = recorders.kept.get(port) ?? []
      expect(kept.length).toBeGreaterThan(5)
      expect(findAll(port, kept, everything())).toEqual([])
    },
  )

  it('are in no parked message', () => {
    expect(findAll('parked', recorders.kept.get('parked messages') ?? [], everything())).toEqual([])
  })
})
