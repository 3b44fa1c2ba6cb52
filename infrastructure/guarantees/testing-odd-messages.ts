import { domainTopic, NO_STREAM, OPERATIONS_SCOPE, type RecordedEvent } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { type BrokenServices, PATIENCE, start } from './testing-broken-services.ts'
import { type Item, itemStream, itemsView, movesOf } from './testing-moves.ts'

export const oddMessages = (services: BrokenServices): void => {
  describe('a projector', () => {
    it('ignores what comes twice or late, reads what is missing from the log, and parks what nobody can read with its reason, while others go on', async () => {
      await using context = await services.open()
      await context.runtime.connect()
      const [twice, gap, future, fine] = ['twice', 'gap', 'future', 'fine'].map(name => itemStream(`case-15-${name}`))
      if (!twice || !gap || !future || !fine) throw new Error('no streams')
      const publish = (...events: RecordedEvent[]) =>
        context.bus.publish(
          domainTopic(services.context()),
          events.map(({ streamId: key, id, position, ...rest }) => ({
            ...{ key, id, position, headers: {} },
            value: { ...rest, streamId: key, id, position },
          })),
        )
      for (const stream of [twice, gap, future, fine])
        await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 3))
      const [unreadable] = movesOf(future, 3, 1)
      if (!unreadable) throw new Error('no event')
      await context.store.append(future, 2, [{ ...unreadable, schemaVersion: 9 }, ...movesOf(future, 4, 1)])
      const of = (stream: string) => context.store.readStream(stream)
      const [a, b, c] = await of(twice)
      const last = (await of(gap)).at(-1)
      if (!a || !b || !c || !last) throw new Error('no events')
      await publish(b, a, b, a, c, a)
      await publish(last)
      await publish(...(await of(future)), ...(await of(fine)))
      const moves = async (stream: string) =>
        ((await context.views.getMany('items@1', [stream]))[0]?.doc as { moves: number } | undefined)?.moves
      for (const stream of [twice, gap, future, fine]) await expect.poll(() => moves(stream), PATIENCE).toBe(3)
      await expect
        .poll(async () => (await context.parked.list({ limit: 9 })).map(({ id }) => id), PATIENCE)
        .toEqual([unreadable.id, movesOf(future, 4, 1)[0]?.id])
      for (const { group, cause } of await context.parked.list({ limit: 9 }))
        expect([group, cause]).toEqual([
          `${services.context()}.views`,
          'UNDECODABLE_EVENT: Moved version 9 is unknown in test',
        ])
      expect(await moves(future)).toBe(3)
      for (const { group, id } of await context.parked.list({ limit: 9 })) await context.parked.remove(group, id)
      await context.store.append(fine, 2, movesOf(fine, 3, 1))
    })

    it('tries a poison message three times, parks it with its cause, lets its partition go on within 5 s, and takes it again when asked', async () => {
      let broken = true
      let tries = 0
      const poison = itemStream('case-16-poison')
      await using context = await services.open({
        bus: { partitions: 1 },
        definition: {
          views: [
            {
              ...itemsView,
              evolve(item, envelope, key) {
                if (envelope.streamId === poison && broken) {
                  tries++
                  throw new TypeError('a fold that does not know places')
                }
                return itemsView.evolve(item as Item | undefined, envelope, key)
              },
            },
          ],
        },
      })
      await start(context)
      const fine = Array.from({ length: 20 }, (_, n) => itemStream(`case-16-${n}`))
      const started = performance.now()
      await context.store.append(poison, NO_STREAM, movesOf(poison, 0, 1))
      for (const stream of fine) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 1))
      const applied = async (...streams: string[]) =>
        (await context.views.appliedRevisions('items@1', streams)).filter(revision => revision === 0).length
      await expect.poll(() => applied(...fine), PATIENCE).toBe(fine.length)
      expect(performance.now() - started).toBeLessThan(5_000)
      await expect.poll(async () => (await context.parked.list({ limit: 9 })).length, PATIENCE).toBe(1)
      const [parked] = await context.parked.list({ limit: 9 })
      expect(parked).toMatchObject({
        group: `${services.context()}.views`,
        key: poison,
        cause: 'TypeError: the log says more about it',
      })
      // Three by the consumer; the sweep that holds views against the log may have come by, with a page and then one by one.
      expect(tries).toBeGreaterThanOrEqual(3)
      expect(tries).toBeLessThanOrEqual(5)

      broken = false
      const scopes = [OPERATIONS_SCOPE]
      const user = { id: 'ann', roles: [], scopes, sessionId: 's', emailVerified: true, authenticatedAt: 0 }
      await context.runtime.operations.replay(
        { group: `${services.context()}.views` },
        { consumer: 'test', user },
        {
          ...{ actor: { kind: 'user', id: 'ann' }, commandId: 'replay-1', correlationId: 'replay' },
          now: new Date(),
        },
      )
      expect(await applied(poison)).toBe(1)
      expect(await context.parked.list({ limit: 9 })).toEqual([])
    })
  })
}
