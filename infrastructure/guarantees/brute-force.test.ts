import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from './testing-client.ts'
import { createRunningClock } from './testing-clock.ts'
import { PASSWORD, person } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'

const BURST = 40
/** So few that none comes back while the test runs. */
const PER_SECOND = 0.001

let clock: ReturnType<typeof createRunningClock>
let system: System
beforeEach(async () => {
  clock = createRunningClock()
  system = await openSystem({ clock, gateway: { guesses: { burst: BURST, perSecond: PER_SECOND } } })
})
afterEach(() => system[Symbol.asyncDispose]())

const guess = (email: string, alias = 'guess', password = 'a wrong password') =>
  `${alias}: signIn(input: { email: "${email}", password: "${password}" }) { session { accessToken } userErrors { code } }`
const codeIn = (answer: { readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] }) =>
  answer.errors?.[0]?.extensions?.['code']

describe('somebody who tries passwords', () => {
  it('on many accounts is held up by the API key, and nobody else is', async () => {
    const victim = await person(system, 'victim')
    const attacker = createClient(system.gateway, 'partner')
    const answers = []
    for (let n = 0; n < BURST + 5; n++) answers.push(await attacker.send(`mutation { ${guess(`a${n}@example.com`)} }`))
    expect(answers.slice(0, BURST).map(({ data }) => data.guess.userErrors[0].code)).toEqual(
      Array.from({ length: BURST }, () => 'USER.SIGN_IN_REFUSED'),
    )
    expect(answers.slice(BURST).map(answer => [answer.status, codeIn(answer)])).toEqual(
      Array.from({ length: 5 }, () => [429, 'RATE_LIMITED']),
    )
    const right = await createClient(system.gateway).send(
      `mutation { ${guess('victim@example.com', 'guess', PASSWORD)} }`,
    )
    expect(right.data.guess.session.accessToken).toBeDefined()
    expect((await victim.send('{ me { id } }')).data.me.id).toBe(victim.id)
    expect(codeIn(await attacker.send('{ products(first: 1) { edges { node { id } } } }'))).toBeUndefined()
    clock.advance(1_000_000)
    expect((await attacker.send(`mutation { ${guess('b@example.com')} }`)).data.guess.userErrors).toHaveLength(1)
  })

  it('with aliases and fragments in one request is counted for each of them', async () => {
    const attacker = createClient(system.gateway, 'partner')
    const aliases = Array.from({ length: 15 }, (_, n) => guess(`c${n}@example.com`, `g${n}`))
    const spread = `fragment All on Mutation { ${aliases.slice(0, 8).join(' ')} } mutation { ...All ... on Mutation { ${aliases.slice(8).join(' ')} } }`
    expect(codeIn(await attacker.send(spread))).toBeUndefined()
    expect(codeIn(await attacker.send(`mutation { ${aliases.join(' ')} }`))).toBeUndefined()
    expect(codeIn(await attacker.send(`mutation { ${aliases.join(' ')} }`))).toBe('RATE_LIMITED')
    expect(codeIn(await attacker.send(`mutation { ${aliases.slice(0, 10).join(' ')} }`))).toBeUndefined()
  })

  it('on one account is held up by the account, whatever the key', async () => {
    await person(system, 'victim')
    const answers = []
    for (let n = 0; n < 8; n++)
      answers.push(await createClient(system.gateway, `key-${n}`).send(`mutation { ${guess('victim@example.com')} }`))
    expect(answers.at(-1)?.data.guess.userErrors[0].code).toBe('USER.TOO_MANY_ATTEMPTS')
  })

  it('over REST is answered with 429, as a problem', async () => {
    const post = (n: number) =>
      system.gateway.fetch(
        new Request('http://gateway/api/v1/sessions', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-consumer-username': 'partner' },
          body: JSON.stringify({ email: `d${n}@example.com`, password: 'a wrong password' }),
        }),
      )
    for (let n = 0; n < BURST; n++) expect((await post(n)).status).toBe(401)
    const held = await post(BURST)
    expect([held.status, held.headers.get('content-type')]).toEqual([429, 'application/problem+json'])
  })
})
