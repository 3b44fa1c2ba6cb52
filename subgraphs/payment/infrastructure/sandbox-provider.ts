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

/** What a token makes the sandbox do. */
export const SANDBOX_TOKENS = {
  tok_approved: 'approves everything',
  tok_declined: 'refuses the authorisation: DECLINED',
  tok_insufficient_funds: 'refuses the authorisation: INSUFFICIENT_FUNDS',
  tok_slow: 'approves everything after a while',
  tok_timeout_after_authorise: 'authorises, but the answer is lost',
  tok_timeout_after_capture: 'captures, but the answer is lost',
  tok_capture_fails_once: 'is unavailable at the first capture',
} as const

const REFUSALS: Readonly<Record<string, string>> = {
  tok_declined: 'DECLINED',
  tok_insufficient_funds: 'INSUFFICIENT_FUNDS',
}

const AUTHORISATION_DAYS = 7
const DAY_MS = 86_400_000

const answerOf = ({ refusal, reference, expiresAt }: LedgerEntry): ProviderAnswer =>
  refusal === undefined
    ? { status: 'approved', reference, expiresAt: expiresAt.toISOString() }
    : { status: 'refused', reason: refusal }

const sumOf = (entries: readonly LedgerEntry[], kind: LedgerEntry['kind']): number =>
  entries
    .filter(entry => entry.kind === kind && entry.refusal === undefined)
    .reduce((total, { amount }) => total + amount, 0)

/** What a careful provider refuses, whatever its client believes. */
const refusalOf = (kind: LedgerEntry['kind'], amount: number, entries: readonly LedgerEntry[]): string | undefined => {
  if (sumOf(entries, 'authorise') === 0) return 'UNKNOWN_REFERENCE'
  const voided = entries.some(entry => entry.kind === 'void' && entry.refusal === undefined)
  if (kind === 'void') return voided || sumOf(entries, 'capture') > 0 ? 'NOTHING_TO_VOID' : undefined
  if (kind === 'capture')
    return voided || sumOf(entries, 'capture') + amount > sumOf(entries, 'authorise') ? 'EXCEEDS_AUTHORISED' : undefined
  return sumOf(entries, 'refund') + amount > sumOf(entries, 'capture') ? 'EXCEEDS_CAPTURED' : undefined
}

/** A payment provider for development and tests: real behaviour, no money. Test tokens choose what goes wrong. */
export const createSandboxProvider = (options: {
  readonly ledger: SandboxLedger
  readonly clock: Clock
  readonly ids: Ids
  /** How long `tok_slow` takes; default 1500 ms. */
  readonly slowMs?: number
  /** Days an authorisation lasts; default 7. */
  readonly authorisationDays?: number
}): PaymentProvider => {
  const { ledger, clock, ids, slowMs = 1_500, authorisationDays = AUTHORISATION_DAYS } = options
  const closing = new AbortController()
  const unavailable = new Set<string>()

  const lost = (): never => {
    throw new UnknownOutcome('the connection broke before the answer came')
  }

  const open = (): void => {
    if (closing.signal.aborted) throw new ProviderUnavailable('the provider is closed')
  }

  const expiry = (): Date => new Date(clock.now().getTime() + authorisationDays * DAY_MS)

  const act = async (
    kind: LedgerEntry['kind'],
    { key, reference, amount }: ProviderCall & { readonly reference: string },
  ): Promise<ProviderAnswer> => {
    open()
    const known = await ledger.find(key)
    if (known) return answerOf(known)
    const entries = await ledger.byReference(reference)
    const token = entries[0]?.token ?? ''
    if (token === 'tok_slow') await delay(slowMs, undefined, { signal: closing.signal })
    if (kind === 'capture' && token === 'tok_capture_fails_once' && !unavailable.has(key)) {
      unavailable.add(key)
      throw new ProviderUnavailable('try again later')
    }
    const refusal = refusalOf(kind, amount.amount, entries)
    const base = { key, kind, token, reference, amount: amount.amount, currency: amount.currency, expiresAt: expiry() }
    const entry = await ledger.add(refusal === undefined ? base : { ...base, refusal })
    return kind === 'capture' && token === 'tok_timeout_after_capture' ? lost() : answerOf(entry)
  }

  return {
    async authorise({ key, token, amount }) {
      open()
      const known = await ledger.find(key)
      if (known) return answerOf(known)
      if (token === 'tok_slow') await delay(slowMs, undefined, { signal: closing.signal })
      const refusal = REFUSALS[token]
      const reference = `auth_${ids.derive(key, 'reference')}`
      const base = {
        key,
        kind: 'authorise' as const,
        token,
        reference,
        amount: amount.amount,
        currency: amount.currency,
        expiresAt: expiry(),
      }
      const entry = await ledger.add(refusal === undefined ? base : { ...base, refusal })
      return token === 'tok_timeout_after_authorise' ? lost() : answerOf(entry)
    },
    capture: call => act('capture', call),
    void: call => act('void', call),
    refund: call => act('refund', call),
    async find(key) {
      open()
      const entry = await ledger.find(key)
      return entry && answerOf(entry)
    },
    isToken: token => Object.hasOwn(SANDBOX_TOKENS, token),
    async [Symbol.asyncDispose]() {
      closing.abort()
    },
  }
}
