import { type Clock, type Logger, startLoop } from '@mercato/shared-kernel/application'
import { CURRENCIES, type Currency } from '@mercato/shared-kernel/domain'
import { z } from 'zod'
import { type ProviderReport, type SignedMessage, UnreadableReport } from '#application/ports.ts'
import type { LedgerEntry, SandboxLedger } from './sandbox-ledger.ts'
import { isSigned, SIGNATURE_HEADER, signReport } from './sandbox-signature.ts'

const currencies = Object.keys(CURRENCIES) as [Currency, ...Currency[]]
const id = z.uuid()

const wire = z.object({
  paymentId: id,
  operation: z.enum(['authorise', 'capture', 'void', 'refund']),
  operationId: id,
  amount: z.object({ amount: z.int().nonnegative(), currency: z.enum(currencies) }),
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('approved'), reference: z.string().min(1).max(200), expiresAt: z.iso.datetime() }),
    z.object({ status: z.literal('refused'), reason: z.string().regex(/^[A-Z_]{1,60}$/) }),
  ]),
})

const textOf = (entry: LedgerEntry): string => {
  const { kind: operation, paymentId, operationId, amount, currency, refusal, reference, expiresAt } = entry
  const outcome =
    refusal === undefined
      ? { status: 'approved', reference, expiresAt: expiresAt.toISOString() }
      : { status: 'refused', reason: refusal }
  return JSON.stringify({ paymentId, operation, operationId, amount: { amount, currency }, outcome })
}

/** Reads a report of the sandbox: see `readReport` of the port. */
export const readSandboxReport = (
  { headers, body }: SignedMessage,
  secret: string,
  now: Date,
): ProviderReport | undefined => {
  if (!isSigned(secret, body, headers.get(SIGNATURE_HEADER), now)) return undefined
  try {
    const { outcome: answer, ...report } = wire.parse(JSON.parse(Buffer.from(body).toString()))
    return { ...report, answer }
  } catch (error) {
    throw new UnreadableReport('the report does not fit the protocol', { cause: error })
  }
}

export interface SandboxReportsOptions {
  readonly ledger: SandboxLedger
  readonly clock: Clock
  readonly logger: Logger
  readonly secret: string
  /** Delivers a report; resolves with the HTTP status of the answer. Reports wait while there is nowhere to send them: then it is `undefined`. */
  readonly deliver: (body: string, headers: Readonly<Record<string, string>>) => Promise<number | undefined>
  /** Milliseconds between an outcome and its report; 250 when absent. */
  readonly delayMs?: number
  /** How often the ledger is looked at, in milliseconds; 500 when absent. */
  readonly idleMs?: number
}

/**
 * Reports every outcome in the ledger over HTTP, like a real provider: signed, a little after the answer, again until it is taken.
 * Only what is refused for good (4xx, but for 429) is given up.
 */
export const startSandboxReports = (options: SandboxReportsOptions): AsyncDisposable => {
  const { ledger, clock, logger, secret, deliver, delayMs = 250, idleMs = 500 } = options

  const send = async (entry: LedgerEntry): Promise<number | undefined> => {
    const body = textOf(entry)
    const signature = signReport(secret, Buffer.from(body), clock.now())
    return deliver(body, { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature })
  }

  const report = async (entry: LedgerEntry): Promise<boolean> => {
    const status = await send(entry)
    if (status === undefined) return false
    if (status >= 500 || status === 429) throw new Error(`a report was answered with ${status}`)
    if (status >= 400) logger.warn('a report of the sandbox was refused', { status, paymentId: entry.paymentId })
    if (entry.token === 'tok_reports_twice') await send(entry)
    await ledger.reported(entry.key)
    return true
  }

  return startLoop({
    idleMs,
    onError: error => logger.warn('the sandbox cannot report, it will try again', { error }),
    async pass(signal) {
      const due = await ledger.unreported(new Date(clock.now().getTime() - delayMs))
      const failures: unknown[] = []
      for (const entry of due) {
        if (signal.aborted) return false
        try {
          if (!(await report(entry))) return false
        } catch (error) {
          // It holds up no other: perhaps it is the other that it waits for.
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
      return due.length > 0
    },
  })
}
