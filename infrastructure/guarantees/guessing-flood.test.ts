import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { watchHashing } from '@mercato/adapters/testing/watch-hashing'
import { createArgon2Hasher } from '@mercato/user/composition'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from './testing-client.ts'
import type { OpenerOptions } from './testing-contexts.ts'
import { PASSWORD, type Person, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

/** What the hasher runs at a time, and lets wait. */
const WIDTH = 1
const DEPTH = 12
const ROOM = WIDTH + DEPTH
/** More than can run and wait. */
const ATTACKERS = ROOM + 10
/** Longer than any machine takes for a full queue: that nobody waits so long is not what is shown here. */
const PATIENT = { deadlineMs: 120_000, subgraphMs: 120_000 }

let system: System
let shopper: Person
afterEach(() => system[Symbol.asyncDispose]())

/** Its clock stands still: nobody is forgiven anything while the test runs, however slow the machine. */
const opened = async (hasher: OpenerOptions['hasher']): Promise<void> => {
  system = await openSystem({
    ...(hasher ? { hasher } : {}),
    clock: createFakeClock(new Date()),
    gateway: { timing: PATIENT },
  })
  shopper = await person(system, 'shopper')
  await stocked(await person(system, 'staff', 'MERCHANDISER', 'ADMIN'), 'CUP', 5)
}

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
    await opened(createArgon2Hasher({ width: WIDTH, depth: DEPTH }))
    using hashing = watchHashing()
    await using attack = flood()
    await eventually('all that may not wait are turned away', () =>
      attack.turnedAway() === ATTACKERS - ROOM && hashing.done() > 0 ? true : undefined,
    )
    const overtaken: number[] = []
    const asked = ['{ products(first: 5) { edges { node { name } } } }', '{ me { id } }', '{ cart { itemCount } }']
    for (const query of [...asked, ...asked, ...asked, ...asked]) {
      const before = hashing.done()
      const { data, errors } = await shopper.send(query)
      expect([errors, Object.values(data)]).toEqual([undefined, [expect.anything()]])
      overtaken.push(hashing.done() - before)
      expect(attack.open()).toBe(ROOM)
    }
    await shopper.tell('addToCart', { sku: 'CUP', quantity: 1 }, 'cart { itemCount }')
    expect(attack.open()).toBe(ROOM)
    expect(hashing.most()).toBe(WIDTH)
    // Behind those who wait there would be as many ahead as may wait.
    expect(overtaken.toSorted((a, b) => a - b)[Math.floor(overtaken.length / 2)]).toBeLessThan(DEPTH / 2)
  })

  it('with one key, others sign in: the key has to wait before it holds up everybody', async () => {
    let checks = 0
    await opened({
      hash: async password => password,
      verify: async (hash, password) => {
        checks++
        return hash === password
      },
    })
    const attacker = createClient(system.gateway, 'partner')
    const wave = async (name: string): Promise<ReadonlySet<unknown>> => {
      const guesses = Array.from({ length: ATTACKERS }, (_, n) => attacker.send(guess(`${name}-${n}@example.com`)))
      return new Set((await Promise.all(guesses)).map(({ data }) => data.signIn.userErrors[0].code))
    }
    let waves = 0
    while (!(await wave(`wave-${waves}`)).has('USER.TOO_MANY_ATTEMPTS')) expect(waves++).toBeLessThan(100)
    checks = 0
    expect([...(await wave('later'))]).toEqual(['USER.TOO_MANY_ATTEMPTS'])
    expect(checks).toBe(0)
    const right = await createClient(system.gateway).send(guess('shopper@example.com', PASSWORD))
    expect([right.data.signIn.session.accessToken, checks]).toEqual([expect.any(String), 1])
  })
})
