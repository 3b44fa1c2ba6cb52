import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { IdempotencyOutcome, IdempotencyStore } from '#application/ports/idempotency-store.ts'

const NOON = Date.parse('2030-01-01T12:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const run = (over: Partial<Parameters<IdempotencyStore['begin']>[0]> = {}) => ({
  actorId: 'ann',
  key: 'k1',
  payloadHash: 'hash-1',
  commandId: 'command-1',
  now: new Date(NOON),
  leaseMs: MINUTE,
  ...over,
})
const later = (ms: number): { readonly now: Date } => ({ now: new Date(NOON + ms) })
const accepted: IdempotencyOutcome = {
  streamId: 'order.Order-1',
  revision: 3,
  extra: { token: null, list: [1, 'x\u0000'] },
}
const refused: IdempotencyOutcome = {
  streamId: 'order.Order-1',
  revision: -1,
  rejection: { code: 'CART.EMPTY', message: 'The cart is empty.', field: ['cartId'] },
}

/** What every {@link IdempotencyStore} adapter keeps. `open` gives an empty one. */
export const idempotencyStoreContract = (adapter: string, open: () => Promise<IdempotencyStore>): void => {
  describe(`IdempotencyStore contract: ${adapter}`, () => {
    it('starts the first run with the command id it was given', async () => {
      await using store = await open()
      expect(await store.begin(run())).toEqual({ status: 'first', commandId: 'command-1' })
    })

    it('tells the same request that the first run is still running, with its command id', async () => {
      await using store = await open()
      await store.begin(run())
      expect(await store.begin(run({ commandId: 'command-2' }))).toEqual({ status: 'running', commandId: 'command-1' })
    })

    it.each([
      ['an acceptance', accepted],
      ['a refusal', refused],
    ])('gives %s again', async (_, outcome) => {
      await using store = await open()
      await store.begin(run())
      await store.complete('ann', 'k1', outcome)
      expect(await store.begin(run({ commandId: 'command-2' }))).toEqual({ status: 'done', outcome })
      expect(await store.begin(run(later(DAY - 1)))).toEqual({ status: 'done', outcome })
    })

    it('keeps the outcome that came first', async () => {
      await using store = await open()
      await store.begin(run())
      await store.complete('ann', 'k1', accepted)
      await store.complete('ann', 'k1', refused)
      await store.abandon('ann', 'k1')
      expect(await store.begin(run())).toEqual({ status: 'done', outcome: accepted })
    })

    it('notices another payload under the key: while running, when done, and after the run was abandoned', async () => {
      await using store = await open()
      await store.begin(run())
      const other = run({ payloadHash: 'hash-2', commandId: 'command-2' })
      expect(await store.begin(other)).toEqual({ status: 'mismatch' })
      await store.abandon('ann', 'k1')
      expect(await store.begin(other)).toEqual({ status: 'mismatch' })
      await store.begin(run())
      await store.complete('ann', 'k1', accepted)
      expect(await store.begin(other)).toEqual({ status: 'mismatch' })
    })

    it('runs an abandoned request again at once, with the same command id', async () => {
      await using store = await open()
      await store.begin(run())
      await store.abandon('ann', 'k1')
      expect(await store.begin(run({ commandId: 'command-2' }))).toEqual({ status: 'first', commandId: 'command-1' })
      expect(await store.begin(run({ commandId: 'command-3' }))).toEqual({ status: 'running', commandId: 'command-1' })
    })

    it('hands a run whose lease ran out to the next request, with the same command id and a new lease', async () => {
      await using store = await open()
      await store.begin(run())
      const next = (ms: number) => store.begin(run({ commandId: 'command-2', ...later(ms) }))
      expect(await next(MINUTE - 1)).toEqual({ status: 'running', commandId: 'command-1' })
      expect(await next(MINUTE)).toEqual({ status: 'first', commandId: 'command-1' })
      expect(await next(2 * MINUTE - 1)).toEqual({ status: 'running', commandId: 'command-1' })
    })

    it('keeps actors and keys apart, whatever text they are', async () => {
      await using store = await open()
      await store.begin(run({ actorId: 'a', key: 'bc' }))
      expect(await store.begin(run({ actorId: 'ab', key: 'c', commandId: 'command-2' }))).toEqual({
        status: 'first',
        commandId: 'command-2',
      })
      for (const key of ['', 'k\u0000', "k' or 1=1", 'é', 'k'.repeat(10_000)])
        expect((await store.begin(run({ key }))).status).toBe('first')
    })

    it('forgets a record after a day', async () => {
      await using store = await open()
      await store.begin(run())
      await store.complete('ann', 'k1', accepted)
      const nextDay = run({ commandId: 'command-2', payloadHash: 'hash-2', ...later(DAY) })
      expect(await store.begin(nextDay)).toEqual({ status: 'first', commandId: 'command-2' })
      expect(await store.begin(nextDay)).toEqual({ status: 'running', commandId: 'command-2' })
    })

    it('deletes records that began before a time and says how many', async () => {
      await using store = await open()
      await store.begin(run({ key: 'old' }))
      await store.begin(run({ key: 'older', ...later(-MINUTE) }))
      await store.begin(run({ key: 'new', ...later(MINUTE) }))
      expect(await store.purge(new Date(NOON + 1))).toBe(2)
      expect(await store.purge(new Date(NOON + 1))).toBe(0)
      expect((await store.begin(run({ key: 'new', ...later(MINUTE) }))).status).toBe('running')
      expect((await store.begin(run({ key: 'old', commandId: 'command-2' }))).status).toBe('first')
    })

    it('does nothing when a run that is unknown completes or is abandoned', async () => {
      await using store = await open()
      await store.complete('ann', 'k1', accepted)
      await store.abandon('ann', 'k2')
      expect(await store.begin(run())).toEqual({ status: 'first', commandId: 'command-1' })
    })

    it('lets exactly one of many parallel requests be the first', async () => {
      await using store = await open()
      const begun = await Promise.all(
        Array.from({ length: 40 }, (_, index) => store.begin(run({ commandId: `command-${index}` }))),
      )
      const first = begun.filter(outcome => outcome.status === 'first')
      expect(first).toHaveLength(1)
      for (const outcome of begun) expect(outcome).toHaveProperty('commandId', first[0]?.commandId)
    })

    it('lets exactly one of many parallel requests take over a dead run', async () => {
      await using store = await open()
      await store.begin(run())
      const begun = await Promise.all(Array.from({ length: 40 }, () => store.begin(run(later(5 * MINUTE)))))
      expect(begun.filter(outcome => outcome.status === 'first')).toHaveLength(1)
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const store = await open()
      await store[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await expect(store.begin(run())).rejects.toThrow(Closed)
      await expect(store.purge(new Date(NOON))).rejects.toThrow(Closed)
    })
  })
}
