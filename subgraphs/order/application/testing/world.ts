import { createMemoryClaims } from '@mercato/adapters/claims/memory'
import { createMemoryEventStore, createMemoryLog } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { createMemoryTimers } from '@mercato/adapters/timers/memory'
import type { CommandContext, IntegrationEvent, Policy, RecordedEvent } from '@mercato/shared-kernel/application'
import { categoryOf } from '@mercato/shared-kernel/application'
import { createAggregates } from '#application/aggregates.ts'
import { createDeadlines, SAGA_TIMER } from '#application/deadlines.ts'
import { createOperatorCommands } from '#application/operator-commands.ts'
import { createOrderNumbers } from '#application/order-numbers.ts'
import { createPlacing } from '#application/placing.ts'
import { createPolicies } from '#application/policies.ts'
import { publish } from '#application/published-events.ts'
import { createReactions } from '#application/reactions.ts'
import type { OrderCommand } from '#domain/order.ts'
import type { OrderDraft } from '#domain/order-events.ts'
import type { SagaTimings } from '#domain/saga-timings.ts'
import { createOrderCodec } from '#infrastructure/event-codec.ts'
import { createChannels } from './channel.ts'
import { Crash, crashing, createFuse } from './crashing.ts'
import { type Answer, createInventoryModel } from './inventory-model.ts'
import { createPaymentModel } from './payment-model.ts'

const OPERATOR = {
  viewer: {
    consumer: 'backoffice',
    user: {
      id: 'operator',
      roles: ['ADMIN'],
      scopes: ['operations:admin'],
      sessionId: 's',
      emailVerified: true,
      authenticatedAt: 0,
    },
  },
}

/**
 * The order context between inventory and payment, without threads: everything that could happen next is an entry of a list, and
 * whoever holds the world decides which of them does. Its log, timers and claims survive a crash, everything else is built anew.
 */
export const createWorld = (options: {
  readonly timings: SagaTimings
  readonly authorisedForMs: number
  readonly stock: Readonly<Record<string, number>>
}) => {
  const ids = createUuidIds()
  const clock = createFakeClock(new Date('2026-03-01T12:00:00Z'))
  const now = (): string => clock.now().toISOString()
  const fuse = createFuse()
  const log = createMemoryLog()
  const timers = createMemoryTimers()
  const claims = createMemoryClaims()
  const codec = createOrderCodec(createMemoryKeyVault())
  const inventory = createInventoryModel(options.stock)
  const payment = createPaymentModel(options.authorisedForMs)
  const channels = createChannels()
  const sequences = new Map<string, number>()

  const start = () => {
    const store = crashing(createMemoryEventStore({ log }), fuse)
    const ports = { store, ids, clock, metrics: noMetrics, timers: crashing(timers, fuse) }
    const aggregates = createAggregates(ports, codec, options.timings)
    const placing = createPlacing(aggregates, ports, codec)
    const deadlines = createDeadlines(aggregates, ports)
    const numbers = createOrderNumbers(crashing(claims, fuse), ids)
    const guestCarts = { finishMerge: () => Promise.reject(new Error('nobody here is a guest')) }
    const react = createReactions({ aggregates, placing, guestCarts, numbers, deadlines, ports })
    return { aggregates, placing, deadlines, numbers, react, policies: createPolicies(aggregates, ports) }
  }
  let running = start()
  /** Looks at the log from outside: it does not die with the process. */
  const observer = createAggregates(
    { store: createMemoryEventStore({ log }), ids, metrics: noMetrics },
    codec,
    options.timings,
  )

  /** Runs until done or dead; the dead are started again with what survived. True when done. */
  const survive = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      running = start()
      return false
    }
  }

  const answer = (from: 'inventory' | 'payment', cause: string, answers: readonly Answer[]): void => {
    for (const { type, data } of answers) {
      const streamId = `${from}.Answers-${data.orderId}`
      const sequence = sequences.get(streamId) ?? 0
      sequences.set(streamId, sequence + 1)
      const event: IntegrationEvent = {
        id: ids.derive(streamId, String(sequence)),
        type: `${from}.${type}`,
        version: 1,
        sequence,
        streamId,
        revision: sequence,
        occurredAt: now(),
        actor: { kind: 'system', id: from },
        correlationId: 'simulation',
        causationId: cause,
        commandId: cause,
        data,
      }
      channels.send<IntegrationEvent>(`answers/${streamId}`, event, async each => {
        const policies: Readonly<Record<string, Policy>> = running.policies[from]
        await policies[each.type]?.(each)
      })
    }
  }

  let relayed = 0
  /** Puts what the log holds by now on its way to reactions and partners. */
  const relay = async (): Promise<void> => {
    for (; relayed < log.events.length; relayed++) {
      const recorded = log.events[relayed] as RecordedEvent
      const envelope = await codec.decode(recorded)
      channels.send(`reactions/${recorded.streamId}`, envelope, each => running.react(each))
      const published = publish(envelope)
      if (!published || categoryOf(recorded.streamId) !== 'order.Saga') continue
      const request = { id: recorded.id, type: published.type, data: published.data as Record<string, unknown> }
      for (const [name, partner] of Object.entries({ inventory, payment }))
        channels.send(`${name}/${recorded.streamId}`, request, async each =>
          answer(name as 'inventory' | 'payment', each.id, partner.handle(each, now())),
        )
    }
  }

  const by = (name: string): CommandContext => ({
    actor: { kind: 'user', id: 'somebody' },
    commandId: ids.derive('simulation', name),
    correlationId: 'simulation',
    now: clock.now(),
  })

  let commands = 0
  const lost: unknown[] = []
  return {
    clock,
    now,
    fuse,
    inventory,
    payment,
    /** Messages that never arrived. */
    lost,
    channels: () => channels.all(),
    relay,
    survive,
    aggregates: observer,
    log: () => log.events,
    place: (draft: Omit<OrderDraft, 'number'>) =>
      survive(async () => {
        const number = await running.numbers.take(draft.orderId, clock.now())
        await running.placing.place({ ...draft, number }, by(draft.orderId))
      }),
    command: (orderId: string, command: OrderCommand) => {
      const name = `command ${commands++}`
      return survive(async () => {
        await running.aggregates.orders.handle(orderId, command, by(name))
      })
    },
    /** An operator has a saga try again, or gives its order up. */
    operator: (orderId: string, wish: 'retrySaga' | 'compensateSaga') => {
      const command = by(`operator ${commands++}`)
      return survive(async () => {
        await createOperatorCommands(running.aggregates, ids)[wish]({ orderId }, OPERATOR, command)
      })
    },
    /** The provider says it twice: the same answer as another event. */
    tellAgain: (message: unknown) => {
      const { type, data } = message as IntegrationEvent<string, Answer['data']>
      answer('payment', 'provider', [{ type: type.slice('payment.'.length), data }])
    },
    answerFromPayment: (answers: readonly Answer[]) => answer('payment', 'provider', answers),
    answerFromInventory: (answers: readonly Answer[]) => answer('inventory', 'expiry', answers),
    /** Timers that are due now. */
    due: () => timers.due(SAGA_TIMER, clock.now(), 1_000),
    /** All timers to come. */
    pending: () => timers.due(SAGA_TIMER, new Date(8.64e15), 10_000),
    fire: (timer: Awaited<ReturnType<typeof timers.due>>[number]) =>
      survive(async () => {
        await running.deadlines.onTimer(timer)
        fuse.burn()
        await timers.fired(timer.id)
      }),
  }
}

export type World = ReturnType<typeof createWorld>
