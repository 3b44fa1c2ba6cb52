import { createHmac } from 'node:crypto'
import type { CheckSettings, ContextHost, OpenContext } from '@mercato/adapters/hosting/context-host'
import { type Migrations, migrate } from '@mercato/adapters/postgres/migrate'
import {
  createPaymentSubgraph,
  createPostgresLedger,
  createSandboxProvider,
  paymentMigrations,
  startSandboxReports,
} from './composition.ts'
import { sandboxFrom } from './config.ts'

/** Migrations of the context's own tables. */
export const migrations: readonly Migrations[] = [paymentMigrations]

/** Refuses malformed settings. */
export const checkSettings: CheckSettings = env => {
  sandboxFrom(env)
}

const PATH = '/webhooks/payments/sandbox'
const PATIENCE_MS = 10_000

/** Posts a report where it was told to, else to the edge of this process; nowhere while there is none. */
const deliverTo =
  (url: string | undefined, { publicUrl }: ContextHost) =>
  async (body: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> => {
    const edge = publicUrl?.()
    const target = url ?? (edge === undefined ? undefined : `${edge}${PATH}`)
    if (target === undefined) return undefined
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch(target, { method: 'POST', body, headers, signal })
    await response.body?.cancel()
    return response.status
  }

/**
 * The payment context with the sandbox provider, which keeps its own table and reports over HTTP as a real one would; it tells the
 * other contexts of its process whose payment methods are whose.
 */
export const openContext: OpenContext = async host => {
  const { ports, pool, gatewaySecret, offer } = host
  for (const each of migrations) await migrate(pool, each)
  const { clock, ids, logger } = ports
  const settings = sandboxFrom(process.env)
  const secret = settings.secret ?? createHmac('sha256', ports.secret).update('reports of the sandbox').digest('hex')
  await using open = new AsyncDisposableStack()
  const ledger = createPostgresLedger(pool)
  const provider = open.use(createSandboxProvider({ ledger, clock, ids, secret }))
  const payment = open.use(await createPaymentSubgraph({ ...ports, gatewaySecret, provider }))
  open.use(startSandboxReports({ ledger, clock, logger, secret, deliver: deliverTo(settings.reportTo, host) }))
  offer('payment-methods', { owns: payment.owns })
  const opened = open.move()
  return { ...payment, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
