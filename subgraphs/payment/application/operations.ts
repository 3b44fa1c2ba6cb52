import { setTimeout as delay } from 'node:timers/promises'
import type { Aggregate, CommandContext, ContextPorts, Loaded, TimerHandler } from '@mercato/shared-kernel/application'
import type { Money, Rejection } from '@mercato/shared-kernel/domain'
import type { PaymentCommand } from '#domain/payment-commands.ts'
import type { Operation } from '#domain/payment-events.ts'
import type { PaymentMethodsCommand, PaymentMethodsState } from '#domain/payment-methods.ts'
import type { Authorised, PaymentState } from '#domain/payment-state.ts'
import { reportTooEarly } from '#domain/rejections.ts'
import {
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderReport,
  ProviderUnavailable,
  UnknownOutcome,
} from './ports.ts'

/** One thing that is asked of the provider. */
interface Named {
  readonly orderId: string
  readonly operation: Operation
  readonly operationId: string
  readonly correlationId: string
}

/** The same, until its outcome is recorded. */
export interface Task extends Named {
  readonly attempt: number
}

export const OPERATION_TIMER = 'payment-operation'

export interface Operations extends AsyncDisposable {
  /** Begins an operation in the background, with a durable timer that finishes it if this process does not. */
  begin(task: Named): Promise<void>
  /** Fires when an outcome is still missing: asks the provider before anything is tried again. */
  readonly onTimer: TimerHandler
  /** Records what the provider says of its own accord, as if it had been the answer. */
  report(report: ProviderReport, correlationId: string): Promise<Heard>
}

/**
 * What became of a report: `taken`, also when it was known or cannot be booked, which is logged and counted; `unknown` when there is no
 * such payment; `later` when only what is under way decides whether it can be booked.
 */
export type Heard = 'taken' | 'unknown' | 'later'

export interface OperationSettings {
  /** Milliseconds the provider has for an answer before its outcome counts as unknown. */
  readonly providerTimeoutMs: number
  /** Milliseconds until the first inquiry; doubles with each up to a minute. */
  readonly inquiryMs: number
  /** Milliseconds after which an authorisation that nobody answers counts as declined; one that comes later still is voided. */
  readonly giveUpMs: number
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

const requestOf = (state: PaymentState, { operation, operationId }: Named): string | undefined => {
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

  const keyOf = ({ orderId, operation, operationId }: Named): string =>
    ids.derive(orderId, `${operation}/${operationId}`)
  /** A fired timer is spent: every attempt has one of its own. */
  const timerId = (task: Task): string => `${OPERATION_TIMER}/${keyOf(task)}/${task.attempt}`

  const following = (task: Task): Task => ({ ...task, attempt: task.attempt + 1 })

  const ask = async (task: Task, state: PaymentState): Promise<ProviderAnswer> => {
    const call = { key: keyOf(task), paymentId: task.orderId, operationId: task.operationId }
    if (state.status === 'requested') {
      const { state: wallet } = await methods.load(state.customerId)
      const method = wallet.methods.find(({ paymentMethodId }) => paymentMethodId === state.paymentMethodId)
      if (!method) return { status: 'refused', reason: 'UNKNOWN_PAYMENT_METHOD' }
      return provider.authorise({ ...call, amount: state.amount, token: method.token })
    }
    const { reference, amount, captures, refunds } = state as Authorised
    if (task.operation === 'void') return provider.void({ ...call, reference, amount })
    const movement = (task.operation === 'capture' ? captures : refunds)[task.operationId]
    if (!movement) return { status: 'refused', reason: 'UNKNOWN_OPERATION' }
    return provider[task.operation === 'capture' ? 'capture' : 'refund']({
      ...call,
      reference,
      amount: movement.amount,
    })
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

  const commandOf = (task: Named, name: string, causationId: string | undefined): CommandContext => ({
    actor: { kind: 'system', id: 'payment-operations' },
    commandId: ids.derive(keyOf(task), name),
    correlationId: task.correlationId,
    now: clock.now(),
    ...(causationId === undefined ? {} : { causationId }),
  })

  /** A yes and a no have commands of their own: one that contradicts the other is not taken for its repeat. */
  const record = async (
    task: Named,
    answer: ProviderAnswer,
    { state, revision }: Loaded<PaymentState>,
    amount?: Money.Money,
  ): Promise<Rejection | undefined> => {
    const { operation, operationId, orderId } = task
    const context = commandOf(task, `outcome/${answer.status}`, requestOf(state, task))
    const now = context.now.toISOString()
    const command: PaymentCommand =
      answer.status === 'approved'
        ? {
            type: 'RecordApproval',
            data: {
              operation,
              operationId,
              reference: answer.reference,
              expiresAt: answer.expiresAt,
              now,
              ...(amount ? { amount } : {}),
            },
          }
        : { type: 'RecordRefusal', data: { operation, operationId, reason: answer.reason } }
    const handled = await payments.handle(orderId, command, context)
    if (handled.revision > revision && !handled.repeated)
      metrics.count('mercato_payments_total', { outcome: `${operation}_${answer.status}` })
    return handled.rejection
  }

  /** Money moved that is in no book: somebody has to talk to the provider. */
  const noteUnbooked = ({ orderId, operation, operationId }: Named, { code, message }: Rejection): void => {
    logger.warn(message, { provider: provider.name, code, orderId, operation, operationId })
    metrics.count('mercato_provider_reports_unbooked_total', { provider: provider.name, reason: code })
  }

  const again = async (task: Task): Promise<void> => {
    const wait = Math.min(LONGEST_MS, settings.inquiryMs * 2 ** Math.min(task.attempt, 12))
    const dueAt = new Date(clock.now().getTime() + wait)
    await timers.schedule({ id: timerId(task), kind: OPERATION_TIMER, dueAt, payload: task })
  }

  /** Asks first whether the provider knows of it, unless this is the very first try. */
  const settle = async (task: Task): Promise<void> => {
    const loaded = await payments.load(task.orderId)
    if (!open(loaded.state, task)) return timers.cancel(timerId(following(task)))
    const known = task.attempt === 0 ? undefined : await withinTime(provider.find(keyOf(task)))
    const answer = known ?? (await withinTime(ask(task, loaded.state)))
    if (!answer) return
    const unbooked = await record(task, answer, loaded)
    if (unbooked) noteUnbooked(task, unbooked)
    await timers.cancel(timerId(following(task)))
  }

  const isHopeless = ({ operation }: Task, state: PaymentState): boolean =>
    operation === 'authorise' &&
    state.status === 'requested' &&
    clock.now().getTime() - Date.parse(state.requestedAt) > settings.giveUpMs

  const noteUnknown = async (task: Task): Promise<void> => {
    const { operation, operationId, orderId } = task
    const loaded = await payments.load(orderId)
    if (isHopeless(task, loaded.state)) {
      await record(task, { status: 'refused', reason: 'NO_ANSWER' }, loaded)
      return
    }
    const context = commandOf(task, 'unknown', undefined)
    const noted = await payments.handle(orderId, { type: 'RecordUnknown', data: { operation, operationId } }, context)
    if (!noted.repeated) metrics.count('mercato_payments_total', { outcome: `${operation}_unknown` })
  }

  const attempt = async (task: Task): Promise<void> => {
    try {
      await settle(task)
    } catch (error) {
      if (stop.signal.aborted) return
      if (error instanceof UnknownOutcome) await noteUnknown(task)
      else if (!(error instanceof ProviderUnavailable))
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
    async report({ paymentId: orderId, operation, operationId, amount, answer }, correlationId) {
      const loaded = await payments.load(orderId)
      if (loaded.state.status === 'none') return 'unknown'
      const named = { orderId, operation, operationId, correlationId }
      const unbooked = await record(named, answer, loaded, amount)
      if (unbooked?.code === reportTooEarly.code) return 'later'
      if (unbooked) noteUnbooked(named, unbooked)
      return 'taken'
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(running)
    },
  }
}
