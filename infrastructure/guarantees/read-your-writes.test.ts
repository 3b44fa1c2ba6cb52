import { type Consistency, type ContextPorts, decodeConsistency } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { type Client, faultIn } from './testing-client.ts'
import { customerPairs, merchandiserPairs, type Pair, PIECES } from './testing-pairs.ts'
import { payingWith, people, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { slowViews } from './testing-wraps.ts'

const PAIRS = process.env['GUARANTEES'] === 'long' ? 10_000 : Number(process.env['GUARANTEES_PAIRS'] ?? 2_000)
const VIEWS = ['payment-methods', 'users', 'orders', 'products', 'catalogue', 'stock', 'sessions']
/** Every so often a view stops for longer than any read waits. */
const SLOW = (applied: number): number => (applied % 400 === 399 ? 1_300 : applied % 4)

interface Tally {
  pairs: number
  /** Right at once although the view did not have it yet when the query was sent. */
  ahead: number
  readonly stale: string[]
  /** Coded refusals, by the name of the pair. */
  readonly refused: Map<string, number>
}

const writtenIn = (client: Client): Consistency =>
  Object.assign({}, ...[...client.cookies.values()].map(cookie => decodeConsistency(cookie.split('.')[0] ?? '')))

/** One session does its pairs one after the other, and tallies what it saw. */
const play = async (
  client: Client,
  pairs: readonly Pair[],
  turns: number,
  tally: Tally,
  isBehind: (pair: Pair, written: Consistency) => Promise<boolean>,
): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) {
    const pair = pairs[turn % pairs.length] as Pair
    const expected = await pair.write(client, turn)
    const behind = await isBehind(pair, writtenIn(client))
    const answer = await client.send(pair.query, pair.variables)
    tally.pairs++
    const code = faultIn(answer)
    if (code === 'STALE_READ') {
      tally.refused.set(pair.name, (tally.refused.get(pair.name) ?? 0) + 1)
      continue
    }
    const seen = answer.errors ? `${code}: ${answer.text}` : pair.read(answer)
    if (JSON.stringify(seen) !== JSON.stringify(expected))
      tally.stale.push(`${pair.name}, turn ${turn}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`)
    else if (behind) tally.ahead++
  }
}

const views = new Map<string, ContextPorts['views']>()
const slowed = slowViews({ views: VIEWS, delayMs: SLOW })
const openSlowSystem = (): Promise<System> =>
  openSystem({
    wrap: (context, ports) => {
      views.set(context, ports.views)
      return slowed(context, ports)
    },
  })

const isBehind = async ({ view }: Pair, written: Consistency): Promise<boolean> => {
  if (!view) return false
  const [context, build] = view
  for (const [stream, revision] of Object.entries(written)) {
    const applied = await views.get(context)?.appliedRevision(build, stream)
    if (stream.startsWith(`${context}.`) && applied !== undefined && applied >= 0 && applied < revision) return true
  }
  return false
}

const CUSTOMERS = 32
const MERCHANDISERS = 8

describe(`${PAIRS} mutations, each followed by a query that must show it, while views lag behind`, () => {
  it('are never answered with what was before', { timeout: 600_000 }, async () => {
    await using system = await openSlowSystem()
    const names = Array.from({ length: CUSTOMERS }, (_, index) => `customer${index}`)
    const customers = await people(system, names)
    const merchandisers = await people(
      system,
      Array.from({ length: MERCHANDISERS }, (_, index) => `merchandiser${index}`),
      ['MERCHANDISER'],
    )
    const products = await Promise.all(merchandisers.map((each, index) => stocked(each, `CUP-${index}`, PIECES)))
    const [first] = products
    if (!first) throw new Error('no product')

    const tally: Tally = { pairs: 0, ahead: 0, stale: [], refused: new Map() }
    const turns = Math.ceil(PAIRS / (CUSTOMERS + MERCHANDISERS))
    await Promise.all([
      ...customers.map(async client =>
        play(client, customerPairs(first, await payingWith(client)), turns, tally, isBehind),
      ),
      ...merchandisers.map((client, index) =>
        play(client, merchandiserPairs(products[index] ?? first), turns, tally, isBehind),
      ),
    ])
    const refused = Object.fromEntries(tally.refused)
    console.info(`${tally.pairs} pairs, ${tally.ahead} answered ahead of the view, STALE_READ:`, refused)

    expect(tally.stale.slice(0, 5)).toEqual([])
    expect(tally.pairs).toBeGreaterThanOrEqual(PAIRS)
    // Otherwise nothing was shown: the views have to be behind most of the time.
    expect(tally.ahead).toBeGreaterThan(tally.pairs / 4)
    const lists = [...customerPairs(first, ''), ...merchandiserPairs(first)].filter(({ list }) => list)
    expect(lists.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(refused)))
    expect(system.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
