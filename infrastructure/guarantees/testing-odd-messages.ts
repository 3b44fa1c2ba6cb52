import { domainTopic, NO_STREAM, type RecordedEvent } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { type BrokenServices, PATIENCE } from './testing-broken-services.ts'
import { itemStream, movesOf } from './testing-moves.ts'

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
  })
}
