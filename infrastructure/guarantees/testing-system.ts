import { readFileSync } from 'node:fs'
import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createMemoryEventStore, createMemoryLog, type MemoryLog } from '@mercato/adapters/event-store/memory'
import type { HostedContext } from '@mercato/adapters/hosting/context-host'
import { createDevMailbox, type DevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRecordingLogger, noMetrics, type RecordingLogger } from '@mercato/adapters/testing/quiet'
import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import { createGateway, type Gateway, type GatewayOptions } from '@mercato/gateway/composition'
import { createRest } from '@mercato/gateway/rest'
import { createRevocations } from '@mercato/gateway/revocations'
import type { Clock, ContextPorts, EventBus, Logger, Metrics } from '@mercato/shared-kernel/application'
import { CONTEXTS, type ContextName, createOpeners, type OpenerOptions } from './testing-contexts.ts'

const SUPERGRAPH = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8')
const ISSUER = 'https://mercato.local'
const AUDIENCE = 'mercato'

export interface SystemOptions extends OpenerOptions {
  readonly clock?: Clock
  /** Instead of the recording one. */
  readonly logger?: Logger
  readonly metricsOf?: (part: ContextName | 'gateway') => Metrics
  /** What a context's process gets in place of its ports; called at every start of it. */
  readonly wrap?: (context: ContextName, ports: ContextPorts) => ContextPorts
  readonly gateway?: Partial<GatewayOptions>
  /** Demo users and the demo catalogue. */
  readonly seed?: boolean
}

type LastingPorts = ContextPorts & { readonly log: MemoryLog }

/** All of Mercato in this process, over the memory adapters: four contexts, one bus, a gateway. No socket is open. */
export interface System extends AsyncDisposable {
  readonly gateway: Gateway
  readonly clock: Clock
  readonly mailbox: DevMailbox
  /** What was logged, when no logger was given. */
  readonly lines: RecordingLogger['lines']
  /** The ports as they are, without what wraps them; `log` is the event log itself. */
  readonly ports: Readonly<Record<ContextName, LastingPorts>>
  context(name: ContextName): HostedContext
  /** Another gateway before the same contexts, with the same secrets; whoever opens it disposes it. */
  openGateway(options?: Partial<GatewayOptions>): Promise<Gateway>
  /** Ends the process of a context and starts another one on the same databases. Its views are rebuilt from its log. */
  restart(name: ContextName): Promise<void>
}

const byContext = <Value>(make: (name: ContextName) => Value): Record<ContextName, Value> => ({
  user: make('user'),
  inventory: make('inventory'),
  order: make('order'),
  payment: make('payment'),
})

/** Starts the system; it serves when this resolves. */
export const openSystem = async (options: SystemOptions = {}): Promise<System> => {
  await using opening = new AsyncDisposableStack()
  const { wrap = (_, ports) => ports, metricsOf = () => noMetrics, clock = createSystemClock() } = options
  const recording = createRecordingLogger()
  const logger = options.logger ?? recording
  const mailbox = opening.use(createDevMailbox({ clock, keep: 10_000 }))
  const services = new Map<string, unknown>()

  const endOf = (topic: string): Promise<string> => ports[topic.split('.')[0] as ContextName].store.head()
  const checkpoints = opening.use(createMemoryCheckpoints({ clock }))
  const bus: EventBus = opening.use(createInProcessBus({ checkpoints, logger, endOf, partitions: 16 }))
  /** What outlives the processes of a context. */
  const ports: Record<ContextName, LastingPorts> = byContext(name => {
    const log = createMemoryLog()
    const memory = opening.use(createMemoryPorts({ bus, clock }))
    const shared = { log, store: createMemoryEventStore({ log }), metrics: metricsOf(name) }
    return { ...memory, ...shared, logger: logger.child({ context: name }) }
  })

  const openers = createOpeners(options, { mailbox, services })
  const processOf = async (name: ContextName): Promise<HostedContext> => {
    const { log, ...lasting } = ports[name]
    const fresh = { store: createMemoryEventStore({ log, logger }), views: createMemoryViewStore() }
    return openers[name](wrap(name, { ...lasting, ...fresh }))
  }
  const running = new Map<ContextName, HostedContext>()
  const context = (name: ContextName): HostedContext => {
    const hosted = running.get(name)
    if (!hosted) throw new Error(`${name} does not run`)
    return hosted
  }
  opening.defer(async () => {
    await Promise.all([...running.values()].map(hosted => hosted.drain()))
    for (const hosted of running.values()) await hosted[Symbol.asyncDispose]()
  })
  for (const name of CONTEXTS) running.set(name, await processOf(name))

  const secrets = { gatewaySecret: openers.gatewaySecret, sessionSecret: 'a secret that all gateways share' }
  const transports = byContext(name =>
    createInProcessTransport({ name, fetch: request => context(name).fetch(request) }),
  )
  const jwks = async () => ({ keys: [...((await context('user').jwks?.())?.keys ?? [])] })
  const openGateway = async (more: Partial<GatewayOptions> = {}): Promise<Gateway> => {
    const revocations = await createRevocations({
      bus,
      logger,
      now: () => clock.now().getTime(),
      initial: async () => (await context('user').recentRevocations?.()) ?? [],
    })
    const gateway = createGateway({
      supergraph: SUPERGRAPH,
      transports,
      ...secrets,
      jwks,
      issuer: ISSUER,
      audience: AUDIENCE,
      revocations,
      development: false,
      logger: logger.child({ context: 'gateway' }),
      metrics: metricsOf('gateway'),
      clock,
      rest: createRest().fetch,
      ...options.gateway,
      ...more,
    })
    const dispose = async () => {
      await gateway.drain()
      await gateway[Symbol.asyncDispose]()
      await revocations[Symbol.asyncDispose]()
    }
    return { ...gateway, [Symbol.asyncDispose]: dispose }
  }
  const gateway = opening.use(await openGateway())

  await Promise.all([...running.values()].map(hosted => hosted.connect()))
  await Promise.all([...running.values()].map(hosted => hosted.start()))
  if (options.seed) for (const hosted of running.values()) await hosted.seed?.()

  const opened = opening.move()
  return {
    gateway,
    clock,
    mailbox,
    lines: recording.lines,
    ports,
    context,
    openGateway,
    async restart(name) {
      const before = context(name)
      await before.drain()
      await before[Symbol.asyncDispose]()
      const after = await processOf(name)
      running.set(name, after)
      await after.connect()
      await after.start()
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
