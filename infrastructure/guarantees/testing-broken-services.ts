import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import type { KafkaServer } from '@mercato/native/kafka'
import type { RedisServer } from '@mercato/native/redis'
import { contentsOf, createProjector } from '@mercato/shared-kernel/application'
import { itemsView } from './testing-moves.ts'
import type { openRealContext, RealContextOptions } from './testing-real-context.ts'

export type Context = Awaited<ReturnType<typeof openRealContext>>

/** Real servers that can be killed, and a context on them with a log, topics and views of its own for each test. */
export interface BrokenServices {
  /** Its name, as in its topics. */
  readonly context: () => string
  readonly kafka: () => KafkaServer
  readonly redis: () => RedisServer
  open(over?: Partial<RealContextOptions>): Promise<Context>
}

export const LONG = process.env['GUARANTEES'] === 'long'
export const PATIENCE = { timeout: 60_000, interval: 20 }
export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

export const start = async (context: Pick<Context, 'runtime'>): Promise<void> => {
  await context.runtime.connect()
  await context.runtime.start()
}

/** What the log folds to, in a store of its own. */
export const foldOfLog = async ({ store, codec }: Context) => {
  await using memory = createMemoryViewStore()
  await createProjector({ views: [itemsView], store: memory, log: store, codec }).catchUp()
  return contentsOf(memory, 'items@1')
}
