import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createContextRuntime } from '@mercato/shared-kernel/application'
import { itemsView, movesCodec } from './testing-moves.ts'
import { poisonMessages } from './testing-poison.ts'

poisonMessages({
  name: () => 'test',
  async open(definition) {
    await using opening = new AsyncDisposableStack()
    const checkpoints = createMemoryCheckpoints()
    const logger = { warn: () => undefined, error: () => undefined }
    const bus = opening.use(createInProcessBus({ checkpoints, logger, partitions: 1 }))
    const ports = opening.use(createMemoryPorts({ bus }))
    const codec = movesCodec(ports.vault)
    const shop = { context: 'test', codec, views: [itemsView], translate: () => undefined, ...definition }
    const runtime = opening.use(createContextRuntime(shop, ports))
    const opened = opening.move()
    return { ...ports, codec, runtime, [Symbol.asyncDispose]: () => opened.disposeAsync() }
  },
})
