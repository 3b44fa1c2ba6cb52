import { seedShop } from '@mercato/embedded/seed'
import { describe, expect, it } from 'vitest'
import { createClient } from './testing-client.ts'
import { PASSWORD } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'

const logged = ({ ports }: System): number => Object.values(ports).reduce((sum, { log }) => sum + log.events.length, 0)

const SHOP = `{
  orders(first: 100) { edges { node { status payment { status } returns { status } } } }
  users(first: 100) { edges { node { username status } } }
  products(first: 100, filter: { includeUnpublished: true }) { totalCount }
}`

/** What there is to see, without what differs from one making to the next. */
const seen = async (system: System): Promise<unknown> => {
  const admin = createClient(system.gateway)
  const signIn = { email: 'admin@mercato.local', password: PASSWORD }
  const { session } = await admin.tell('signIn', signIn, 'session { accessToken }')
  admin.signIn(session.accessToken)
  const { data } = await admin.send(SHOP)
  const sorted = (connection: { readonly edges: readonly unknown[] }) =>
    connection.edges.map(edge => JSON.stringify(edge)).toSorted()
  return { orders: sorted(data.orders), users: sorted(data.users), products: data.products.totalCount }
}

const seeding = (system: System, requests = Number.POSITIVE_INFINITY) => {
  const said: string[] = []
  let left = requests
  const fetch = (request: Request): Promise<Response> =>
    left-- > 0 ? system.gateway.fetch(request) : Promise.reject(new Error('the process ended'))
  return { said, run: () => seedShop({ fetch, say: line => said.push(line) }) }
}

describe('demo data', () => {
  it('is made once', async () => {
    await using system = await openSystem({ seed: true })
    const { said, run } = seeding(system)
    await run()
    const before = logged(system)
    await run()
    expect(said).toEqual(['Making demo data …'])
    // The merchandiser signs in to look.
    expect(logged(system)).toBe(before + 1)
  })

  it.each([14, 40, 75])('interrupted at request %i is continued by the next start, to the same end', async limit => {
    await using whole = await openSystem({ seed: true })
    await using system = await openSystem({ seed: true })
    await expect(seeding(system, limit).run()).rejects.toThrow('the process ended')
    const next = seeding(system)
    await Promise.all([next.run(), seeding(whole).run()])
    expect(next.said).toEqual(['Making demo data …'])
    expect(await seen(system)).toEqual(await seen(whole))
  })

  it('that was interrupted more than a day ago stays half-made, which is said', async () => {
    await using system = await openSystem({ seed: true })
    await expect(seeding(system, 40).run()).rejects.toThrow('the process ended')
    const tomorrow = new Date(Date.now() + 86_400_000)
    await Promise.all(Object.values(system.ports).map(({ idempotency }) => idempotency.purge(tomorrow)))
    const next = seeding(system)
    await next.run()
    expect(next.said).toEqual(['Making demo data …', expect.stringMatching(/stays half-made: .*_TAKEN/)])
  })
})
