import { setTimeout as delay } from 'node:timers/promises'
import type { Aggregate, CommandContext, ContextPorts, TimerHandler } from '@mercato/shared-kernel/application'
import type { PaymentCommand } from '#domain/payment.ts'
import type { Operation } from '#domain/payment-events.ts'
import type { PaymentMethodsCommand, PaymentMethodsState } from '#domain/payment-methods.ts'
import type { Authorised, PaymentState } from '#domain/payment-state.ts'
import { type PaymentProvider, type ProviderAnswer, ProviderUnavailable, UnknownOutcome } from './ports.ts'

/** One thing to be asked of the provider, until its outcome is recorded. */
export interface Task {
  readonly orderId: string
  readonly operation: Operation
  readonly operationId: string
  readonly attempt: number
  readonly correlationId: string
}

export const OPERATION_TIMER = 'payment-operation'

export interface Operations extends AsyncDisposable {
  /** Begins an operation in the background, with a durable timer that finishes it if this process does not. */
  begin(task: Omit<Task, 'attempt'>): Promise<void>
  /** Fires when an outcome is still missing: asks the provider before anything is tried again. */
  readonly onTimer: TimerHandler
}

export interface OperationSettings {
  /** Milliseconds the provider has for an answer before its outcome counts as unknown. */
  readonly providerTimeoutMs: number
  /** Milliseconds until the first inquiry; doubles with each up to a minute. */
  readonly inquiryMs: number
}

interface Dependencies {
  readonly payments: Aggregate<PaymentState, PaymentCommand>
  readonly methods: Aggregate<PaymentMethodsState, PaymentMethodsCommand>
  readonly provider: PaymentProvider
  readonly ports: ContextPorts
  readonly settings: OperationSettings
}

const LONGEST_MS = 60_000

const open = (state: PaymentState, { operation, operationId }: Task): boolean => {
  if (operation === 'authorise') return state.status === 'requested'
  if (state.status !== 'authorised') return false
  if (operation === 'void') return state.voiding !== undefined
  return (operation === 'capture' ? state.captures : state.refunds)[operationId]?.status === 'requested'
}

const requestOf = (state: PaymentState, { operation, operationId }: Task): string | undefined => {
  if (state.status === 'none') return undefined
  if (operation === 'authorise') return state.requestId
  if (state.status !== 'authorised') return undefined
  if (operation === 'void') return state.voiding?.requestId
  return (operation === 'capture' ? state.captures : state.refunds)[operationId]?.requestId
}

/** Carries operations to the provider and their outcomes back, whatever dies in between. */
export const createOperations = ({ payments, methods, provider, ports, settings }: Dependencies): Operations => {
  const { timers, ids, clock, logger, metrics } = ports
  const running = new Set<Promise<void>>()
  const stop = new AbortController()

  const keyOf = ({ orderId, operation, operationId }: Task): string =>
    ids.derive(orderId, `${operation}/${operationId}`)
  /** A fired timer is spent: every attempt has one of its own. */
  const timerId = (task: Task): string => `${OPERATION_TIMER}/${keyOf(task)}/${task.attempt}`

  const following = (task: Task): Task => ({ ...task, attempt: task.attempt + 1 })

  const ask = async (task: Task, state: PaymentState): Promise<ProviderAnswer> => {
    const key = keyOf(task)
    if (state.status === 'requested') {
      const { state: wallet } = await methods.load(state.customerId)
      const method = wallet.methods.find(({ paymentMethodId }) => paymentMethodId === state.paymentMethodId)
      if (!method) return { status: 'refused', reason: 'UNKNOWN_PAYMENT_METHOD' }
      return provider.authorise({ key, amount: state.amount, token: method.token })
    }
    const { reference, amount, captures, refunds } = state as Authorised
    if (task.operation === 'void') return provider.void({ key, reference, amount })
    const movement = (task.operation === 'capture' ? captures : refunds)[task.operationId]
    if (!movement) return { status: 'refused', reason: 'UNKNOWN_OPERATION' }
    return provider[task.operation === 'capture' ? 'capture' : 'refund']({ key, reference, amount: movement.amount })
  }

  const withinTime = async (answer: Promise<ProviderAnswer | undefined>): Promise<ProviderAnswer | undefined> => {
    const done = new AbortController()
    const late = delay(settings.providerTimeoutMs, undefined, {
      signal: AbortSignal.any([done.signal, stop.signal]),
      ref: false,
    })
    late.catch(() => undefined)
    try {
      return await Promise.race([
        answer,
        late.then(() => {
          throw new UnknownOutcome('the provider did not answer in time')
        }),
      ])
    } finally {
      done.abort()
    }
  }

  const commandOf = (task: Task, name: string, causationId: string | undefined): CommandContext => ({
    actor: { kind: 'system', id: 'payment-operations' },
    commandId: ids.derive(keyOf(task), name),
    correlationId: task.correlationId,
    now: clock.now(),
    ...(causationId === undefined ? {} : { causationId }),
  })

  const record = async (task: Task, answer: ProviderAnswer, state: PaymentState): Promise<void> => {
    const { operation, operationId, orderId } = task
    const context = commandOf(task, 'outcome', requestOf(state, task))
    const now = context.now.toISOString()
    const command: PaymentCommand =
      answer.status === 'approved'
        ? {
            type: 'RecordApproval',
            data: { operation, operationId, reference: answer.reference, expiresAt: answer.expiresAt, now },
          }
        : { type: 'RecordRefusal', data: { operation, operationId, reason: answer.reason } }
    await payments.handle(orderId, command, context)
    metrics.count('mercato_payments_total', { outcome: `${operation}_${answer.status}` })
    await timers.cancel(timerId(following(task)))
  }

  const again = async (task: Task): Promise<void> => {
    const wait = Math.min(LONGEST_MS, settings.inquiryMs * 2 ** Math.min(task.attempt, 12))
    const dueAt = new Date(clock.now().getTime() + wait)
    await timers.schedule({ id: timerId(task), kind: OPERATION_TIMER, dueAt, payload: task })
  }

  /** Asks first whether the provider knows of it, unless this is the very first try. */
  const settle = async (task: Task): Promise<void> => {
    const { state } = await payments.load(task.orderId)
    if (!open(state, task)) return timers.cancel(timerId(following(task)))
    const known = task.attempt === 0 ? undefined : await withinTime(provider.find(keyOf(task)))
    const answer = known ?? (await withinTime(ask(task, state)))
    if (answer) await record(task, answer, state)
  }

  const attempt = async (task: Task): Promise<void> => {
    try {
      await settle(task)
    } catch (error) {
      if (stop.signal.aborted) return
      if (error instanceof UnknownOutcome) {
        const { operation, operationId, orderId } = task
        const context = commandOf(task, `unknown/${task.attempt}`, undefined)
        await payments.handle(orderId, { type: 'RecordUnknown', data: { operation, operationId } }, context)
        metrics.count('mercato_payments_total', { outcome: `${operation}_unknown` })
      } else if (!(error instanceof ProviderUnavailable))
        logger.error('a payment operation failed, it will be tried again', { error })
    }
  }

  return {
    async begin(task) {
      const first: Task = { ...task, attempt: 0 }
      const { state } = await payments.load(task.orderId)
      if (!open(state, first)) return
      await again(following(first))
      const work = attempt(first).catch(error => logger.error('a payment operation could not be recorded', { error }))
      running.add(work)
      void work.finally(() => running.delete(work))
    },
    onTimer: async timer => {
      const task = timer.payload as Task
      await again(following(task))
      await attempt(task)
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(running)
    },
  }
}
