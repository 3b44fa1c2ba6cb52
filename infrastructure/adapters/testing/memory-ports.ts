import type { Clock, ContextPorts, EventBus } from '@mercato/shared-kernel/application'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { createMemoryClaims } from '../claims/memory.ts'
import { createSystemClock } from '../clock/system.ts'
import { createInProcessBus } from '../event-bus/in-process.ts'
import { createMemoryEventStore } from '../event-store/memory.ts'
import { createMemoryIdempotencyStore } from '../idempotency-store/memory.ts'
import { createUuidIds } from '../ids/uuid.ts'
import { createMemoryKeyVault } from '../key-vault/memory.ts'
import { createMemoryParkedMessages } from '../parked-messages/memory.ts'
import { createMemoryTimers } from '../timers/memory.ts'
import { createMemoryViewStore } from '../view-store/memory.ts'
import { createRecordingLogger, noMetrics, type RecordingLogger } from './quiet.ts'

/** All ports of one context in memory: the real memory adapters, no doubles. Contexts that talk share one `bus`. */
export const createMemoryPorts = (
  options: { readonly bus?: EventBus; readonly clock?: Clock; readonly logger?: RecordingLogger } = {},
): ContextPorts & AsyncDisposable & { readonly logger: RecordingLogger } => {
  const clock = options.clock ?? createSystemClock()
  const logger = options.logger ?? createRecordingLogger()
  const checkpoints = createMemoryCheckpoints()
  const bus = options.bus ?? createInProcessBus({ checkpoints, logger })
  const ports = {
    store: createMemoryEventStore(),
    views: createMemoryViewStore(),
    checkpoints,
    timers: createMemoryTimers(),
    parked: createMemoryParkedMessages(),
    claims: createMemoryClaims(),
    idempotency: createMemoryIdempotencyStore(),
    vault: createMemoryKeyVault(),
    ids: createUuidIds(),
    metrics: noMetrics,
    holder: 'test',
    secret: 'a secret of at least thirty-two characters',
  }
  return {
    ...ports,
    bus,
    clock,
    logger,
    async [Symbol.asyncDispose]() {
      if (!options.bus) await bus[Symbol.asyncDispose]()
      const { store, views, timers, parked, claims, idempotency, vault } = ports
      for (const port of [store, views, timers, parked, claims, idempotency, vault, checkpoints])
        await port[Symbol.asyncDispose]()
    },
  }
}
