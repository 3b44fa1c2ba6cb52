import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { ParkedMessage, ParkedMessages } from '#application/ports/parked-messages.ts'

const parked = (id: string, over: Partial<ParkedMessage> = {}): ParkedMessage => ({
  id,
  topic: 'order.domain-events',
  group: 'orders@1',
  key: 'order.Order-1',
  message: { id, nested: { list: [1, null, 'x\u0000'] } },
  cause: 'UNKNOWN_TYPE: no codec for OrderTeleported',
  parkedAt: new Date('2030-01-01T12:00:00Z'),
  ...over,
})

/** What every {@link ParkedMessages} adapter keeps. `open` gives an empty one. */
export const parkedMessagesContract = (adapter: string, open: () => Promise<ParkedMessages>): void => {
  describe(`ParkedMessages contract: ${adapter}`, () => {
    it('lists what was parked in the order of parking, up to the limit', async () => {
      await using messages = await open()
      for (const id of ['c', 'a', 'b']) await messages.park(parked(id))
      expect(await messages.list({ limit: 10 })).toEqual([parked('c'), parked('a'), parked('b')])
      expect((await messages.list({ limit: 2 })).map(message => message.id)).toEqual(['c', 'a'])
    })

    it('lists one group when asked', async () => {
      await using messages = await open()
      await messages.park(parked('a'))
      await messages.park(parked('a', { group: 'saga' }))
      expect(await messages.list({ group: 'saga', limit: 10 })).toEqual([parked('a', { group: 'saga' })])
      expect(await messages.list({ group: 'nobody', limit: 10 })).toEqual([])
      expect(await messages.list({ limit: 10 })).toHaveLength(2)
    })

    it('counts what each group has parked, and groups without any not at all', async () => {
      await using messages = await open()
      for (const id of ['a', 'b']) await messages.park(parked(id))
      await messages.park(parked('a', { group: 'saga' }))
      expect(await messages.counts()).toEqual(
        new Map([
          ['orders@1', 2],
          ['saga', 1],
        ]),
      )
      await messages.remove('saga', 'a')
      expect(await messages.counts()).toEqual(new Map([['orders@1', 2]]))
    })

    it('replaces the cause of a message parked again, which keeps its place', async () => {
      await using messages = await open()
      await messages.park(parked('a'))
      await messages.park(parked('b'))
      await messages.park(parked('a', { cause: 'TIMEOUT: again', parkedAt: new Date('2030-01-02T00:00:00Z') }))
      expect(await messages.list({ limit: 10 })).toEqual([parked('a', { cause: 'TIMEOUT: again' }), parked('b')])
    })

    it('says whether a key has messages parked in a group', async () => {
      await using messages = await open()
      await messages.park(parked('a'))
      await messages.park(parked('b'))
      expect(await messages.holds('orders@1', 'order.Order-1')).toBe(true)
      expect(await messages.holds('orders@1', 'order.Order-2')).toBe(false)
      expect(await messages.holds('saga', 'order.Order-1')).toBe(false)
      await messages.remove('orders@1', 'a')
      expect(await messages.holds('orders@1', 'order.Order-1')).toBe(true)
      await messages.remove('orders@1', 'b')
      expect(await messages.holds('orders@1', 'order.Order-1')).toBe(false)
    })

    it('removes a message from its group only, and an unknown one without harm', async () => {
      await using messages = await open()
      await messages.park(parked('a'))
      await messages.park(parked('a', { group: 'saga' }))
      await messages.remove('saga', 'a')
      await messages.remove('saga', 'a')
      expect(await messages.list({ limit: 10 })).toEqual([parked('a')])
    })

    it('parks one message once, however many park it at the same time', async () => {
      await using messages = await open()
      await Promise.all(Array.from({ length: 20 }, () => messages.park(parked('a'))))
      expect(await messages.list({ limit: 99 })).toHaveLength(1)
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const messages = await open()
      await messages[Symbol.asyncDispose]()
      await messages[Symbol.asyncDispose]()
      await expect(messages.park(parked('a'))).rejects.toThrow(Closed)
      await expect(messages.list({ limit: 1 })).rejects.toThrow(Closed)
    })
  })
}
