import { createEventCodec, type EncodedEvent, type KeyVault, type View } from '@mercato/shared-kernel/application'

/** The least that has a log, a view and an order to keep: things that move from place to place. */
export type Moved = { readonly type: 'Moved'; readonly data: { readonly place: string } }

export interface Item {
  readonly moves: number
  readonly place: string
}

export const movesCodec = (vault: KeyVault) => createEventCodec<Moved>('test', { Moved: { version: 1 } }, vault)

export const itemsView: View<Moved, Item> = {
  name: 'items',
  version: 1,
  categories: ['test.Item'],
  keysOf: ({ streamId }) => [streamId],
  evolve: (item, { event }) => ({ moves: (item?.moves ?? 0) + 1, place: event.data.place }),
  indexes: ({ place }) => ({ all: [''], [`place:${place}`]: [''] }),
}

export const itemStream = (name: string | number): string => `test.Item-${String(name).padStart(6, '0')}`

/** The moves of an item from a revision on: the same ones whenever they are asked for. */
export const movesOf = (
  stream: string,
  from: number,
  count: number,
  occurredAt = '2030-01-01T00:00:00.000Z',
): EncodedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${stream}/${from + index}`,
    type: 'Moved',
    schemaVersion: 1,
    context: 'test',
    occurredAt,
    actor: { kind: 'system', id: 'test' },
    commandId: `${stream}/${from + index}`,
    correlationId: 'test',
    data: { place: `place-${(from + index) % 5}` },
  }))
