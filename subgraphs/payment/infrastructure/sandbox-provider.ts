import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Ids } from '@mercato/shared-kernel/application'
import {
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderCall,
  ProviderUnavailable,
  UnknownOutcome,
} from '#application/ports.ts'
import type { LedgerEntry, SandboxLedger } from './sandbox-ledger.ts'
import { readSandboxReport } from './sandbox-reports.ts'
import { REFUSALS, SANDBOX_TOKENS } from './sandbox-tokens.ts'

type Kind = LedgerEntry['kind']

const AUTHORISATION_DAYS = 7
const DAY_MS = 86_400_000
const NEVER = new Date(Date.UTC(9_999, 0))

const answerOf = ({ refusal, reference, expiresAt }: LedgerEntry): ProviderAnswer =>
  refusal === undefined
    ? { status: 'approved', reference, expiresAt: expiresAt.toISOString() }
    : { status: 'refused', reason: refusal }

const sumOf = (entries: readonly LedgerEntry[], kind: Kind): number =>
  entries
    .filter(entry => entry.kind === kind && entry.refusal === undefined)
    .reduce((total, { amount }) => total + amount, 0)

/** What a careful provider refuses, whatever its client believes. */
const refusalOf = (kind: Kind, amount: number, entries: readonly LedgerEntry[]): string | undefined => {
  if (sumOf(entries, 'authorise') === 0) return 'UNKNOWN_REFERENCE'
  const voided = entries.some(entry => entry.kind === 'void' && entry.refusal === undefined)
  if (kind === 'void') return voided || sumOf(entries, 'capture') > 0 ? 'NOTHING_TO_VOID' : undefined
  if (kind === 'capture')
    return voided || sumOf(entries, 'capture') + amount > sumOf(entries, 'authorise') ? 'EXCEEDS_AUTHORISED' : undefined
  return sumOf(entries, 'refund') + amount > sumOf(entries, 'capture') ? 'EXCEEDS_CAPTURED' : undefined
}

const lost = (): never => {
  throw new UnknownOutcome('the connection broke before the answer came')
}

/** A payment provider for development and tests: real behaviour, no money. Test tokens choose what goes wrong. */
export const createSandboxProvider = (options: {
  readonly ledger: SandboxLedger
  readonly clock: Clock
  readonly ids: Ids
  /** Signs its reports. */
  readonly secret: string
  /** How long `tok_slow` takes; default 1500 ms. */
  readonly slowMs?: number
  /** After how long `tok_late` and `tok_late_capture` come to an outcome; default 5000 ms. */
  readonly lateMs?: number
  /** Days an authorisation lasts; default 7. */
  readonly authorisationDays?: number
}): PaymentProvider => {
  const { ledger, clock, ids, secret, slowMs = 1_500, lateMs = 5_000, authorisationDays = AUTHORISATION_DAYS } = options
  const closing = new AbortController()
  const unavailable = new Set<string>()

  const open = (): void => {
    if (closing.signal.aborted) throw new ProviderUnavailable('the provider is closed')
  }

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms)

  const settlesAt = (kind: Kind, token: string): Date => {
    if (kind === 'authorise' && token === 'tok_never') return NEVER
    return inMs(
      (kind === 'authorise' && token === 'tok_late') || (kind === 'capture' && token === 'tok_late_capture')
        ? lateMs
        : 0,
    )
  }

  /** While it has not settled nobody is told. */
  const told = (entry: LedgerEntry): ProviderAnswer => (entry.settlesAt > clock.now() ? lost() : answerOf(entry))

  const keep = async (
    kind: Kind,
    { key, amount, paymentId, operationId }: ProviderCall,
    { token, reference, refusal }: { readonly token: string; readonly reference: string; readonly refusal?: string },
  ): Promise<ProviderAnswer> => {
    const entry = await ledger.add({
      ...{ key, kind, token, reference, paymentId, operationId, ...amount },
      expiresAt: inMs(authorisationDays * DAY_MS),
      settlesAt: settlesAt(kind, token),
      ...(refusal === undefined ? {} : { refusal }),
    })
    return told(entry)
  }

  const act = async (kind: Kind, call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer> => {
    open()
    const { key, reference } = call
    const known = await ledger.find(key)
    if (known) return told(known)
    const entries = await ledger.byReference(reference)
    const token = entries[0]?.token ?? ''
    if (token === 'tok_slow') await delay(slowMs, undefined, { signal: closing.signal })
    if (kind === 'capture' && token === 'tok_capture_fails_once' && !unavailable.has(key)) {
      unavailable.add(key)
      throw new ProviderUnavailable('try again later')
    }
    const refusal = refusalOf(kind, call.amount.amount, entries)
    const answer = await keep(kind, call, { token, reference, ...(refusal === undefined ? {} : { refusal }) })
    return kind === 'capture' && token === 'tok_timeout_after_capture' ? lost() : answer
  }

  return {
    name: 'sandbox',
    async authorise({ token, ...call }) {
      open()
      const known = await ledger.find(call.key)
      if (known) return told(known)
      if (token === 'tok_slow') await delay(slowMs, undefined, { signal: closing.signal })
      const refusal = REFUSALS[token]
      const reference = `auth_${ids.derive(call.key, 'reference')}`
      const answer = await keep('authorise', call, { token, reference, ...(refusal === undefined ? {} : { refusal }) })
      return token === 'tok_timeout_after_authorise' ? lost() : answer
    },
    capture: call => act('capture', call),
    void: call => act('void', call),
    refund: call => act('refund', call),
    async find(key) {
      open()
      const entry = await ledger.find(key)
      return entry && told(entry)
    },
    isToken: token => Object.hasOwn(SANDBOX_TOKENS, token),
    readReport: message => readSandboxReport(message, secret, clock.now()),
    async [Symbol.asyncDispose]() {
      closing.abort()
    },
  }
}
