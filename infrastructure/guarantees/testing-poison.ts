import { NO_STREAM, OPERATIONS_SCOPE } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { type Context, PATIENCE, start } from './testing-broken-services.ts'
import { type Item, itemStream, itemsView, movesOf } from './testing-moves.ts'
import type { RealContextOptions } from './testing-real-context.ts'

const MOVES_ON_WITHIN_MS = 5_000

/** Opens the context called `name()`, with everything in one partition and the back-off that processes have. */
export const poisonMessages = (options: {
  readonly name: () => string
  readonly open: (definition: RealContextOptions['definition']) => Promise<Omit<Context, 'reader'>>
}): void => {
  const { name, open } = options
  describe('a poison message', () => {
    it('is tried at most three times, parked with its cause, holds up its partition for less than 5 s, and is taken again when asked', async () => {
      let broken = true
      let tries = 0
      const poison = itemStream('case-16-poison')
      const failing: typeof itemsView = {
        ...itemsView,
        evolve(item, envelope, key) {
          if (envelope.streamId === poison && broken) {
            tries++
            throw new TypeError('a fold that does not know places')
          }
          return itemsView.evolve(item as Item | undefined, envelope, key)
        },
      }
      await using context = await open({ views: [failing] })
      await start(context)
      const group = `${name()}.views`
      const fine = Array.from({ length: 20 }, (_, n) => itemStream(`case-16-${n}`))
      const started = performance.now()
      await context.store.append(poison, NO_STREAM, movesOf(poison, 0, 1))
      for (const stream of fine) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 1))
      const applied = async (...streams: string[]) =>
        (await context.views.appliedRevisions('items@1', streams)).filter(revision => revision === 0).length
      await expect.poll(() => applied(...fine), PATIENCE).toBe(fine.length)
      await expect.poll(async () => (await context.parked.list({ limit: 9 })).length, PATIENCE).toBe(1)
      expect(performance.now() - started).toBeLessThan(MOVES_ON_WITHIN_MS)
      const [parked] = await context.parked.list({ limit: 9 })
      expect(parked).toMatchObject({ group, key: poison, cause: 'TypeError: the log says more about it' })
      await context.runtime.catchUp()
      expect(tries).toBeLessThanOrEqual(3)

      broken = false
      const scopes = [OPERATIONS_SCOPE]
      const user = { id: 'ann', roles: [], scopes, sessionId: 's', emailVerified: true, authenticatedAt: 0 }
      const command = { actor: { kind: 'user', id: 'ann' }, commandId: 'replay-1', correlationId: 'replay' } as const
      await context.runtime.operations.replay({ group }, { consumer: 'test', user }, { ...command, now: new Date() })
      expect(await applied(poison)).toBe(1)
      expect(await context.parked.list({ limit: 9 })).toEqual([])
    })
  })
}
