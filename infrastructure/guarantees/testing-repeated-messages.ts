import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import {
  contentsOf,
  createProjector,
  LOG_START,
  NO_STREAM,
  type RecordedEvent,
} from '@mercato/shared-kernel/application'
import { expect, it } from 'vitest'
import { type BrokenServices, type Context, LONG, PATIENCE } from './testing-broken-services.ts'
import { itemStream, itemsView, movesOf } from './testing-moves.ts'

export const repeatedMessages = (services: BrokenServices): void => {
  it(`every message delivered one to five times, in any order, across rebalances: the view is the fold of the log`, {
    timeout: 300_000,
  }, async () => {
    const REBALANCES = 20
    await using context = await services.open()
    await using other = await services.open()
    const streams = Array.from({ length: LONG ? 400 : 60 }, (_, n) => itemStream(`g5-${n}`))
    for (const stream of streams) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 8))
    await expect
      .poll(async () => (await context.store.backlog(await context.store.head())) === undefined, PATIENCE)
      .toBe(true)
    const events: RecordedEvent[] = []
    for (let position = LOG_START, atEnd = false; !atEnd; ) {
      const page = await context.store.readLog(position, 1_000)
      events.push(...page.events.filter(({ streamId }) => streams.includes(streamId)))
      ;({ next: position, atEnd } = page)
    }
    const deliveries = events
      .flatMap(event => Array.from({ length: 1 + Math.floor(Math.random() * 5) }, () => event))
      .map(event => ({ event, at: Math.random() }))
      .toSorted((x, y) => x.at - y.at)
      .map(({ event }) => event)
    const topic = `${services.context()}.shuffled`
    let delivered = 0
    const join = ({ bus, runtime }: Context) =>
      bus.subscribe({
        ...{ topic, group: 'views', from: 'earliest' },
        async handler({ value }) {
          await runtime.projector.apply(value as RecordedEvent)
          delivered++
        },
      })
    const members = [await join(context)]
    const batch = Math.ceil(deliveries.length / REBALANCES)
    for (let change = 0; change < REBALANCES; change++) {
      const part = deliveries.slice(change * batch, (change + 1) * batch)
      const publishing = context.bus.publish(
        topic,
        part.map(event => ({
          key: event.streamId,
          id: event.id,
          position: event.position,
          headers: {},
          value: event,
        })),
      )
      if (members.length < 3 && change % 3 < 2) members.push(await join(change % 2 === 0 ? context : other))
      else await members.shift()?.[Symbol.asyncDispose]()
      await publishing
    }
    await expect.poll(() => delivered, PATIENCE).toBeGreaterThanOrEqual(deliveries.length)
    await using memory = createMemoryViewStore()
    const fold = createProjector({ views: [itemsView], store: memory, log: context.store, codec: context.codec })
    for (const event of events) await fold.apply(event)
    expect(await contentsOf(context.views, 'items@1')).toEqual(await contentsOf(memory, 'items@1'))
    console.log(`${events.length} events, ${delivered} deliveries, ${REBALANCES} rebalances`)
  })
}
