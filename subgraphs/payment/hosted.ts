import type { OpenContext } from '@mercato/adapters/hosting/context-host'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPaymentSubgraph, createPostgresLedger, createSandboxProvider, paymentMigrations } from './composition.ts'

/** The payment context in a shared process, with the sandbox provider on its own table; it tells the others whose payment methods are whose. */
export const openContext: OpenContext = async ({ ports, pool, gatewaySecret, offer }) => {
  await migrate(pool, paymentMigrations)
  const { clock, ids } = ports
  const provider = createSandboxProvider({ ledger: createPostgresLedger(pool), clock, ids })
  const payment = await createPaymentSubgraph({ ...ports, gatewaySecret, provider })
  offer('payment-methods', { owns: payment.owns })
  return payment
}
