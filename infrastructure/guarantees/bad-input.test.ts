import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { badInputs } from './testing-bad-values.ts'
import { type BusyShop, openBusyShop } from './testing-busy-shop.ts'
import { type Answer, createClient, faultIn, mutation } from './testing-client.ts'
import { createRunningClock } from './testing-clock.ts'
import { ordered, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'
import { particularPorts } from './testing-wraps.ts'

vi.setConfig({ testTimeout: 60_000 })

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const MUTATIONS = Object.keys(schema.getMutationType()?.getFields() ?? {})

let system: System
let shop: BusyShop
let sent = 0
beforeAll(async () => {
  system = await openSystem({ wrap: particularPorts })
  shop = await openBusyShop(system, MUTATIONS)
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

const logged = (): number => Object.values(system.ports).reduce((sum, { log }) => sum + log.events.length, 0)
const codesOf = ({ errors = [] }: Answer): readonly unknown[] => errors.map(({ extensions }) => extensions?.['code'])

/** Why an answer is not a proper refusal; nothing when it is one. */
const improper = (field: string, answer: Answer, isDiscreet: boolean): string | undefined => {
  const codes = codesOf(answer)
  if (codes.some(code => typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR')) return `codes ${codes}`
  if (codes.length > 0) return undefined
  const refusals: readonly { readonly code: string; readonly message: string }[] | undefined =
    answer.data?.[field]?.userErrors
  if (!refusals) return 'neither data nor errors'
  if (refusals.length === 0) return isDiscreet ? undefined : 'accepted'
  return refusals.every(({ code, message }) => /^[A-Z_]+\.[A-Z_]+$/.test(code) && message !== '')
    ? undefined
    : `refusals ${JSON.stringify(refusals)}`
}

/** Sends something bad; what was wrong with the answer, or with the logs afterwards. */
const tryBad = async (field: string, what: string, send: () => Promise<Answer>): Promise<readonly string[]> => {
  const before = logged()
  const answer = await send()
  sent++
  const problem = improper(field, answer, shop.good[field]?.discreet ?? false)
  const appended = logged() - before
  return [
    ...(problem === undefined ? [] : [`${field} ${what}: ${problem}`]),
    ...(appended === 0 ? [] : [`${field} ${what}: ${appended} events appended`]),
  ]
}

const goodOf = (field: string) => {
  const good = shop.good[field]
  if (!good) throw new Error(`nobody says how ${field} is sent right`)
  return good
}

describe.each(MUTATIONS)('%s', field => {
  it('refuses everything that is bad about its input, and appends nothing', async () => {
    const { as, input } = goodOf(field)
    const problems: string[] = []
    for (const { what, input: bad } of badInputs(schema, field, input, shop.foreign))
      problems.push(...(await tryBad(field, what, () => as.send(mutation(field, ''), { input: bad }))))
    expect(problems).toEqual([])
  })
})

describe('whoever sends it,', () => {
  const tampered = (token: string): string => {
    const [head = '', claims = '', signature = ''] = token.split('.')
    const other = Buffer.from(claims, 'base64url').toString().replace('CUSTOMER', 'ADMIN')
    return [head, Buffer.from(other).toString('base64url'), signature].join('.')
  }

  it('an access token that is tampered with, foreign or none is refused by every mutation', async () => {
    const token = shop.owner.token ?? ''
    const bad = [
      tampered(token),
      `${token}x`,
      'nonsense',
      '',
      `${'x'.repeat(9_000)}`,
      token.split('.').slice(0, 2).join('.'),
    ]
    const problems: string[] = []
    for (const field of MUTATIONS)
      for (const each of bad) {
        const send = () => shop.stranger.send(mutation(field, ''), { input: goodOf(field).input }, { token: each })
        problems.push(...(await tryBad(field, `token ${each.slice(0, 20)}`, send)))
      }
    expect(problems).toEqual([])
  })

  it('what belongs to somebody else is refused to a stranger and to nobody', async () => {
    const nobody = createClient(system.gateway)
    const personal = MUTATIONS.filter(field => ![...OPEN, ...ONES_OWN].includes(field))
    const problems: string[] = []
    for (const field of personal)
      for (const [who, client] of Object.entries({ stranger: shop.stranger, nobody })) {
        const send = () => client.send(mutation(field, ''), { input: goodOf(field).input })
        problems.push(...(await tryBad(field, `by ${who}`, send)))
      }
    for (const field of ONES_OWN) {
      const send = () => nobody.send(mutation(field, ''), { input: goodOf(field).input })
      problems.push(...(await tryBad(field, 'by nobody', send)))
    }
    expect(problems).toEqual([])
    expect(personal.length).toBeGreaterThan(20)
  })
})

/** For everybody. */
const OPEN = [
  'registerUser',
  'verifyEmail',
  'resendVerification',
  'completeRegistration',
  'signIn',
  'refreshSession',
  'signOut',
  'requestPasswordReset',
  'resetPassword',
  'confirmEmailChange',
  'addToGuestCart',
  'changeGuestQuantity',
  'removeFromGuestCart',
]
/** Touch only what is the caller's own, whoever he is. */
const ONES_OWN = [
  'addToCart',
  'clearCart',
  'mergeGuestCart',
  'addPaymentMethod',
  'updateProfile',
  'changeUsername',
  'requestEmailChange',
  'addAddress',
  'changePassword',
  'signOutEverywhere',
  'placeOrder',
  'eraseMe',
]

it(`nothing of it broke anything inside`, () => {
  console.info(`${sent} bad requests`)
  expect(sent).toBeGreaterThan(1_000)
  expect(system.lines.filter(({ level }) => level === 'error')).toEqual([])
})

it('and what is right is accepted afterwards, every mutation of it', async () => {
  expect(Object.keys(shop.good).sort()).toEqual([...MUTATIONS].sort())
  const refused: string[] = []
  for (const [field, { as, input, discreet, idle }] of Object.entries(shop.good)) {
    const before = logged()
    const answer = await as.send(mutation(field, ''), { input })
    const code: string | undefined = answer.data?.[field]?.userErrors[0]?.code
    if (answer.errors || code !== idle) refused.push(`${field}: ${answer.text}`)
    else if (logged() === before && !discreet && !idle) refused.push(`${field}: nothing was appended`)
  }
  expect(refused).toEqual([])
})

it('an access token that has expired is refused by every mutation', async () => {
  const clock = createRunningClock()
  await using later = await openSystem({ clock })
  const somebody = await person(later, 'somebody', 'ADMIN')
  expect((await somebody.send('{ me { id } }')).data.me.id).toBe(somebody.id)
  clock.advance(601_000)
  for (const [field, { input }] of Object.entries(shop.good))
    expect(faultIn(await somebody.send(mutation(field, ''), { input })), field).toBe('UNAUTHENTICATED')
})

it('an order is rejected, and holds nothing, when only the payment could tell that its method is not the buyer’s', async () => {
  await using other = await openSystem({ order: { paymentMethods: { owns: async () => true } } })
  const seller = await person(other, 'seller', 'MERCHANDISER')
  const [buyer, stranger] = [await person(other, 'buyer'), await person(other, 'stranger')]
  await stocked(seller, 'CUP', 5)
  const theirs = await payingWith(stranger)
  for (const method of [theirs, '01890000-0000-7000-8000-00000000dead']) {
    const id = await ordered(buyer, method, [{ sku: 'CUP', quantity: 2 }])
    const query = 'query ($id: ID!) { order(id: $id) { status payment { status captured { amount } } } }'
    const order = await eventually('the order is over', async () => {
      const { data } = await buyer.send(query, { id })
      return data.order.status === 'REJECTED' ? data.order : undefined
    })
    expect(order.payment).toEqual({ status: 'DECLINED', captured: { amount: '0.00' } })
  }
  const left = '{ product(sku: "CUP") { stock { available onHand reserved } } }'
  await eventually('all stock is back', async () => {
    const { stock } = (await seller.send(left)).data.product
    return stock.available === 5 && stock.reserved === 0 ? stock : undefined
  })
})
