import { type Clock, Fault } from '@mercato/shared-kernel/application'
import { CURRENCIES, type Currency } from '@mercato/shared-kernel/domain'
import { z } from 'zod'
import { type Asker, MOST_QUOTED, type ProductCatalog, type QuoteLine } from '#application/ports.ts'

const currencies = Object.keys(CURRENCIES) as [Currency, ...Currency[]]

const answer = z.object({
  lines: z.array(
    z.object({
      productId: z.string().min(1),
      sku: z.string().min(1),
      name: z.string().min(1),
      unitPrice: z.object({ amount: z.int().nonnegative(), currency: z.enum(currencies) }),
      weightGrams: z.number().nonnegative(),
      available: z.int().nonnegative(),
    }),
  ),
})

/** How the inventory context can be asked, in-process or over the wire: the contract's shape, not yet believed. */
export type RemoteQuote = (lines: readonly QuoteLine[], asker: Asker) => Promise<unknown>

/** The longest a quote may take, whatever the deadline of the request. */
const MOST_MS = 5_000

const tooMany = (): Fault => new Fault('BAD_USER_INPUT', `At most ${MOST_QUOTED} products can be asked for at once.`)

const unavailable = (cause?: unknown): Fault =>
  new Fault('SERVICE_UNAVAILABLE', 'The catalogue cannot be asked at the moment. Try again.', cause)

/** The catalogue of the inventory context behind the port: bounded in time, checked in shape. */
export const createRemoteCatalog = (quote: RemoteQuote, clock: Clock): ProductCatalog => ({
  async quote(lines, { deadline, correlationId }) {
    if (lines.length === 0) return []
    if (lines.length > MOST_QUOTED) throw tooMany()
    const now = clock.now().getTime()
    const leftMs = Math.min(MOST_MS, deadline - now)
    if (leftMs <= 0) throw new Fault('TIMEOUT', 'There was no time left to ask the catalogue.')
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Fault('TIMEOUT', 'The catalogue did not answer in time.')), leftMs)
    try {
      const asked = quote(lines, { deadline: now + leftMs, correlationId })
      const parsed = answer.safeParse(await Promise.race([asked, late.promise]))
      if (!parsed.success) throw unavailable(parsed.error)
      return parsed.data.lines
    } catch (error) {
      throw error instanceof Fault ? error : unavailable(error)
    } finally {
      clearTimeout(timer)
    }
  },
})
