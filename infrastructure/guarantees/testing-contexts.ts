import { createHash, timingSafeEqual } from 'node:crypto'
import type { HostedContext } from '@mercato/adapters/hosting/context-host'
import type { DevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { createInventorySubgraph } from '@mercato/inventory/composition'
import { createOrderSubgraph, createRemoteCatalog, type OrderDependencies } from '@mercato/order/composition'
import {
  createMemoryLedger,
  createPaymentSubgraph,
  createSandboxProvider,
  type PaymentDependencies,
  type SandboxLedger,
} from '@mercato/payment/composition'
import type { ContextPorts } from '@mercato/shared-kernel/application'
import {
  createMemorySignInAttempts,
  createUserSubgraph,
  DEMO_USERS,
  type UserDependencies,
  type UserSubgraph,
} from '@mercato/user/composition'

export const CONTEXTS = ['user', 'inventory', 'order', 'payment'] as const
export type ContextName = (typeof CONTEXTS)[number]

type Provider = PaymentDependencies['provider']

export interface OpenerOptions {
  /** What hashes passwords; otherwise they are hashed quickly, for tests with hundreds of people. */
  readonly hasher?: Hasher
  readonly user?: Pick<UserDependencies, 'settings'>
  readonly order?: Partial<Pick<OrderDependencies, 'timings' | 'returnWindowMs' | 'paymentMethods'>>
  readonly payment?: Pick<PaymentDependencies, 'settings'>
  /** What the sandbox remembers, when a test reads along or writes into it. */
  readonly ledger?: SandboxLedger
  /** When the sandbox comes to an outcome that it is late with, in milliseconds. */
  readonly lateMs?: number
  /** What payments are asked of instead of the sandbox alone. */
  readonly provider?: (sandbox: Provider) => Provider
}

type Hasher = NonNullable<UserDependencies['hasher']>
type Open = (ports: ContextPorts) => Promise<HostedContext>

const quickHash = (password: string): Buffer => createHash('sha256').update(`quick ${password}`).digest()

/** Slow hashing is certified elsewhere. */
const quickHasher: Hasher = {
  hash: async password => quickHash(password).toString('base64'),
  verify: async (hash, password) =>
    hash !== undefined && timingSafeEqual(Buffer.from(hash, 'base64'), quickHash(password)),
}

type PaymentMethods = NonNullable<OrderDependencies['paymentMethods']>

interface Quoting {
  readonly quote: (lines: never) => Promise<unknown>
}

/** What the sandbox signs its reports with. */
export const REPORT_SECRET = 'a secret between the sandbox and the payment context'
export const GATEWAY_SECRET = 'a secret between the gateway and its subgraphs'

/** How a process of each context starts on given ports; what stands for the world outside outlives the processes. */
export const createOpeners = (
  options: OpenerOptions,
  { mailbox, services }: { readonly mailbox: DevMailbox; readonly services: Map<string, unknown> },
): Readonly<Record<ContextName, Open>> & { readonly gatewaySecret: string } => {
  const gatewaySecret = GATEWAY_SECRET
  const attempts = createMemorySignInAttempts()
  const ledger = options.ledger ?? createMemoryLedger()

  return {
    gatewaySecret,
    async user(ports) {
      const user: UserSubgraph = await createUserSubgraph({
        ...ports,
        ...options.user,
        hasher: options.hasher ?? quickHasher,
        gatewaySecret,
        mailer: mailbox,
        attempts,
      })
      return { ...user, seed: async () => void (await user.seedUsers(DEMO_USERS)) }
    },
    async inventory(ports) {
      const inventory = await createInventorySubgraph({ ...ports, gatewaySecret })
      services.set('catalogue', { quote: inventory.quote })
      return inventory
    },
    order(ports) {
      const quote = (lines: unknown) => (services.get('catalogue') as Quoting).quote(lines as never)
      const catalog = createRemoteCatalog(quote, ports.clock)
      const paymentMethods: PaymentMethods = {
        owns: (...asked) => (services.get('payment-methods') as PaymentMethods).owns(...asked),
      }
      return createOrderSubgraph({ ...ports, paymentMethods, ...options.order, gatewaySecret, catalog })
    },
    async payment(ports) {
      const late = options.lateMs === undefined ? {} : { lateMs: options.lateMs }
      const sandbox = createSandboxProvider({
        ...late,
        ledger,
        clock: ports.clock,
        ids: ports.ids,
        secret: REPORT_SECRET,
        slowMs: 50,
      })
      const provider = options.provider?.(sandbox) ?? sandbox
      const payment = await createPaymentSubgraph({ ...ports, ...options.payment, gatewaySecret, provider })
      services.set('payment-methods', { owns: payment.owns })
      return payment
    },
  }
}
