import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { openContextPorts } from '@mercato/adapters/hosting/open-ports'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { testPostgres } from '@mercato/embedded/testing'
import type { EventBus, ViewStore } from '@mercato/shared-kernel/application'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CANARY, CANARY_ADDRESS, findAll } from './testing-canaries.ts'
import { type Client, createClient } from './testing-client.ts'
import { CONTEXTS, type ContextName } from './testing-contexts.ts'
import { type Person, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

type Opened = Awaited<ReturnType<typeof openContextPorts>>

const USERNAME = 'canary-user-4724'
const RENAMED = 'canary-user-4725'
const {
  email,
  secondEmail,
  password,
  displayName,
  phone,
  recipient,
  street,
  floor,
  city,
  postalCode,
  region,
  paymentLabel,
  note,
} = CANARY
const PERSONAL = [
  email,
  secondEmail,
  password,
  displayName,
  phone,
  recipient,
  street,
  floor,
  city,
  postalCode,
  region,
  paymentLabel,
]
const everything = [...PERSONAL, note, USERNAME, RENAMED]

const databases = new Map<ContextName, Opened>()
/** What the views hold: `<context> <view> <key>` → document and index entries. */
const views = new Map<string, string>()
const onTheBus: string[] = []
let system: System
let owner: Client
let ownerId: string
let support: Person
let shippedId: string
let waitingId: string

const watched = (context: string, store: ViewStore): ViewStore => ({
  ...store,
  async apply(change) {
    const outcome = await store.apply(change)
    if (outcome === 'applied')
      for (const { key, doc, indexes } of change.writes) {
        const place = `${context} ${change.view} ${key}`
        if (doc === undefined) views.delete(place)
        else views.set(place, JSON.stringify([key, doc, indexes]))
      }
    return outcome
  },
})

const heard = (bus: EventBus): EventBus => ({
  ...bus,
  publish(topic, messages, upTo) {
    onTheBus.push(...messages.map(message => JSON.stringify([topic, message])))
    return bus.publish(topic, messages, upTo)
  },
})

/** Every row of every table of every context's database. */
const rows = async (): Promise<readonly string[]> => {
  const found: string[] = []
  for (const { pool } of databases.values()) {
    const tables = await pool.query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    for (const { name } of tables.rows) {
      const { rows } = await pool.query(`select t::text as row from ${name} t`)
      found.push(...rows.map(({ row }: { row: string }) => `${name} ${row}`))
    }
  }
  return found
}

const shown = async (orderId: string) => {
  const { data } = await support.send(
    `query ($id: ID!) { order(id: $id) { status totals { grandTotal { amount currency } } lines { name quantity }
      shippingAddress { name line1 } payment { status captured { amount } } invoices { kind amount { amount } }
      customer { id username displayName email } } }`,
    { id: orderId },
  )
  return data.order
}

beforeAll(async () => {
  const postgres = await testPostgres()
  const logger = createRecordingLogger()
  // Opening needs one; the system's own takes its place.
  const bus = createInProcessBus({ checkpoints: createMemoryCheckpoints(), logger })
  const shared = { bus, logger, clock: createSystemClock(), ids: createUuidIds(), metrics: noMetrics, holder: 'test' }
  const secrets = { dataKey: Buffer.alloc(32, 5), secret: 'a secret of at least thirty-two characters' }
  for (const context of CONTEXTS) {
    const databaseUrl = await postgres.createDatabase()
    databases.set(context, await openContextPorts({ ...shared, ...secrets, context, databaseUrl }))
  }
  system = await openSystem({
    wrap: (context, ports) => {
      const { views: _, ...lasting } = (databases.get(context) as Opened).ports
      const { clock, logger } = ports
      return { ...lasting, clock, logger, bus: heard(ports.bus), views: watched(context, ports.views) }
    },
  })
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  support = await person(system, 'support', 'SUPPORT')
  await stocked(merchandiser, 'CUP', 1_000)

  owner = createClient(system.gateway)
  ownerId = (await owner.tell('registerUser', { email, username: USERNAME, password }, 'user { id }')).user.id
  const mail = await eventually('the mail', async () => (await system.mailbox.list()).find(({ to }) => to === email))
  await owner.tell('verifyEmail', { token: /#token=(\S+)/.exec(mail.text)?.[1] }, '')
  const { session } = await owner.tell('signIn', { email, password }, 'session { accessToken }')
  owner.signIn(session.accessToken)
  await owner.tell('updateProfile', { displayName, phone }, '')
  await owner.tell('addAddress', { address: CANARY_ADDRESS, asDefault: true }, '')
  await owner.tell('changeUsername', { username: RENAMED }, '')
  await owner.tell('requestEmailChange', { email: secondEmail }, '')
  const link = await eventually('the second mail', async () =>
    (await system.mailbox.list()).find(({ to }) => to === secondEmail),
  )
  await owner.tell('confirmEmailChange', { token: /#token=(\S+)/.exec(link.text)?.[1] }, '')
  await eventually('a mail about it', async () =>
    (await system.mailbox.list()).find(mail => mail.to === email && /was changed/.test(mail.subject)),
  )
  const paymentMethodId = await payingWith(owner)
  await owner.tell('addPaymentMethod', { token: CANARY.paymentToken, label: paymentLabel }, '')
  const place = async (): Promise<string> => {
    const lines = [{ sku: 'CUP', quantity: 2 }]
    const addresses = { shippingAddress: CANARY_ADDRESS, billingAddress: CANARY_ADDRESS }
    const { order } = await owner.tell('placeOrder', { lines, paymentMethodId, ...addresses }, 'order { id }')
    await eventually('confirmed', async () => ((await shown(order.id)).status === 'CONFIRMED' ? true : undefined))
    return order.id
  }
  const cancelled = await place()
  await owner.tell('cancelOrder', { orderId: cancelled, reason: note }, '')
  shippedId = await place()
  waitingId = await place()
  await merchandiser.tell('shipOrder', { orderId: shippedId, carrier: 'DHL', trackingNumber: '1Z' }, '')
  await eventually('invoiced', async () => ((await shown(shippedId)).invoices.length > 0 ? true : undefined))
})
afterAll(async () => {
  await system[Symbol.asyncDispose]()
  for (const opened of databases.values()) await opened[Symbol.asyncDispose]()
})

describe('somebody who has themselves erased', () => {
  it('was there before: this test would notice', async () => {
    const inViews = findAll('view', views.values(), [secondEmail, RENAMED, displayName, phone, street, paymentLabel])
    expect(new Set(inViews.map(hit => hit.split(':')[1]?.split(' in ')[0]?.trim())).size).toBe(6)
    expect((await shown(shippedId)).shippingAddress.line1).toBe(street)
    expect(onTheBus.length).toBeGreaterThan(50)
    expect((await rows()).length).toBeGreaterThan(100)
  })

  it('is nowhere any more: no key, no row, no view, no mail, and never was on the bus or in the log', async () => {
    const before = await shown(shippedId)
    await owner.tell('eraseMe', {}, '')
    for (const context of ['user', 'order', 'payment'] as const) {
      const { vault } = (databases.get(context) as Opened).ports
      await eventually(`${context} destroyed the key`, async () =>
        (await vault.find(ownerId)) === undefined ? true : undefined,
      )
    }
    await eventually('cancelled', async () => ((await shown(waitingId)).status === 'CANCELLED' ? true : undefined))
    await eventually('views are clear', () =>
      findAll('view', views.values(), everything).length === 0 ? true : undefined,
    )
    expect(findAll('row', await rows(), everything)).toEqual([])
    expect(findAll('bus', onTheBus, everything)).toEqual([])
    expect(findAll('log', [JSON.stringify(system.lines)], everything)).toEqual([])
    const mails = (await system.mailbox.list()).map(mail => JSON.stringify(mail))
    expect(findAll('mail', mails, everything)).toEqual([])

    const after = await shown(shippedId)
    const erased = { name: 'Erased', line1: 'Erased' }
    const customer = { id: ownerId, username: 'erased', displayName: null, email: null }
    expect(after).toEqual({ ...before, shippingAddress: erased, customer })
    expect(after).toMatchObject({ status: 'SHIPPED', invoices: [{ kind: 'INVOICE' }] })
  })

  it('stays so when every context starts again: the log still folds, and what was paid is still there', async () => {
    const before = [await shown(shippedId), await shown(waitingId)]
    views.clear()
    for (const context of CONTEXTS) await system.restart(context)
    await eventually('rebuilt', async () => (views.size > 10 && (await shown(shippedId)) ? true : undefined))
    expect([await shown(shippedId), await shown(waitingId)]).toEqual(before)
    expect(findAll('view', views.values(), everything)).toEqual([])
    const { data } = await support.send(`{ user(id: "${ownerId}") { id username status orders { totalCount } } }`)
    expect(data.user).toEqual({ id: ownerId, username: 'erased', status: 'ERASED', orders: { totalCount: 3 } })
    for (const { ports } of databases.values())
      expect((await ports.parked.list({ limit: 10 })).map(({ cause, group }) => [group, cause])).toEqual([])
  })

  it('leaves a history that auditors can read', async () => {
    const { data } = await support.send(
      `{ user(id: "${ownerId}") { history(last: 2) { edges { node { event actor { kind id } } } } } }`,
    )
    expect(data.user.history.edges.at(-1).node).toEqual({ event: 'UserErased', actor: { kind: 'USER', id: ownerId } })
  })
})
