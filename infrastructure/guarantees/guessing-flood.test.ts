import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { watchHashing } from '@mercato/adapters/testing/watch-hashing'
import { createArgon2Hasher } from '@mercato/user/composition'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from './testing-client.ts'
import { PASSWORD, type Person, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

/** What the hasher runs at a time, and lets wait. */
const WIDTH = 1
const DEPTH = 24
/** More than can run and wait. */
const ATTACKERS = WIDTH + DEPTH + 20
/** More waves than a key has guesses. */
const BURST = 100

let system: System
let shopper: Person
beforeEach(async () => {
  // It stands still: nobody is forgiven anything while the test runs, however slow the machine.
  const hasher = createArgon2Hasher({ width: WIDTH, depth: DEPTH })
  system = await openSystem({ hasher, clock: createFakeClock(new Date()) })
  shopper = await person(system, 'shopper')
  await stocked(await person(system, 'staff', 'MERCHANDISER', 'ADMIN'), 'CUP', 5)
})
afterEach(() => system[Symbol.asyncDispose]())

const guess = (email: string, password = 'a wrong password') =>
  `mutation { signIn(input: { email: "${email}", password: "${password}" }) { session { accessToken } userErrors { code } } }`

/** Guesses without a pause, each with a key and an account of its own so that no limit but the hasher's holds them up; who is refused by it goes away. */
const flood = () => {
  const stop = new AbortController()
  let open = 0
  let turnedAway = 0
  const attack = async (who: number): Promise<void> => {
    const attacker = createClient(system.gateway, `key-${who}`)
    open++
    for (let tries = 0; !stop.signal.aborted; tries++) {
      const { data, errors } = await attacker.send(guess(`nobody-${who}-${tries}@example.com`))
      if (data?.signIn) continue
      expect(errors?.[0]?.extensions?.['code']).toBe('RATE_LIMITED')
      turnedAway++
      break
    }
    open--
  }
  const attacks = Array.from({ length: ATTACKERS }, (_, who) => attack(who))
  return {
    open: () => open,
    turnedAway: () => turnedAway,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(attacks)
    },
  }
}

describe('while passwords are tried without a pause', () => {
  it('a few are checked at a time, a bounded number waits, and everything else is answered ahead of them', async () => {
    using hashing = watchHashing()
    await using attack = flood()
    await eventually('more came than may wait', () =>
      attack.turnedAway() > 0 && hashing.done() > 0 ? true : undefined,
    )
    const overtaken: number[] = []
    const asked = ['{ products(first: 5) { edges { node { name } } } }', '{ me { id } }', '{ cart { itemCount } }']
    for (const query of [...asked, ...asked, ...asked, ...asked]) {
      const before = hashing.done()
      const { data, errors } = await shopper.send(query)
      expect([errors, Object.values(data)]).toEqual([undefined, [expect.anything()]])
      overtaken.push(hashing.done() - before)
      expect(attack.open()).toBeGreaterThanOrEqual(DEPTH)
    }
    await shopper.tell('addToCart', { sku: 'CUP', quantity: 1 }, 'cart { itemCount }')
    expect(attack.open()).toBeGreaterThanOrEqual(DEPTH)
    expect(attack.open()).toBeLessThanOrEqual(WIDTH + DEPTH)
    expect(hashing.most()).toBe(WIDTH)
    // Behind those who wait there would be as many ahead as may wait.
    expect(overtaken.toSorted((a, b) => a - b)[Math.floor(overtaken.length / 2)]).toBeLessThan(DEPTH / 4)
  })

  it('with one key, others sign in: the key has to wait before it holds up everybody', async () => {
    const attacker = createClient(system.gateway, 'partner')
    const codes = new Set<unknown>()
    for (let wave = 0; !codes.has('USER.TOO_MANY_ATTEMPTS'); wave++) {
      expect(wave).toBeLessThan(BURST)
      const guesses = Array.from({ length: DEPTH }, (_, n) => guess(`nobody-${wave}-${n}@example.com`))
      for (const { data, errors } of await Promise.all(guesses.map(each => attacker.send(each))))
        codes.add(data?.signIn?.userErrors[0].code ?? errors?.[0]?.extensions?.['code'])
    }
    using hashing = watchHashing()
    const more = await Promise.all(
      Array.from({ length: ATTACKERS }, (_, n) => attacker.send(guess(`somebody-${n}@example.com`))),
    )
    for (const { data } of more) expect(data.signIn.userErrors[0].code).toBe('USER.TOO_MANY_ATTEMPTS')
    expect(hashing.done()).toBe(0)
    const right = await createClient(system.gateway).send(guess('shopper@example.com', PASSWORD))
    expect(right.data.signIn.session.accessToken).toBeDefined()
    expect(hashing.done()).toBe(1)
  })
})
