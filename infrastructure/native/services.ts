import { findConsul, installConsul } from './consul/install.ts'
import { findKafka, installKafka } from './kafka/install.ts'
import { findRedis, installRedis } from './redis/install.ts'
import { findComposeParser, installComposeParser } from './tools/compose-parser.ts'
import { findSchemathesis, installSchemathesis } from './tools/schemathesis.ts'
import { findShellcheck, installShellcheck } from './tools/shellcheck.ts'

/** How a service gets onto this machine. */
export interface Installable {
  /** Why it cannot be started now; `undefined` when it can. */
  missing(): string | undefined
  /** Makes it startable, or rejects with the reason. */
  install(): Promise<unknown>
}

const reasonIn = (found: object): string | undefined =>
  'missing' in found && typeof found.missing === 'string' ? found.missing : undefined

/** The real services that adapters are tested against and that the native stack is made of. */
export const services = {
  kafka: { missing: () => reasonIn(findKafka()), install: installKafka },
  redis: { missing: () => reasonIn(findRedis()), install: installRedis },
  consul: { missing: () => reasonIn(findConsul()), install: installConsul },
  /** Comes with the packages. */
  postgres: { missing: () => undefined, install: async () => undefined },
} as const satisfies Readonly<Record<string, Installable>>

/** Programs that check what cannot be run here. */
export const tools = {
  'compose-parser': { missing: () => reasonIn(findComposeParser()), install: installComposeParser },
  schemathesis: { missing: () => reasonIn(findSchemathesis()), install: installSchemathesis },
  shellcheck: { missing: () => reasonIn(findShellcheck()), install: installShellcheck },
} as const satisfies Readonly<Record<string, Installable>>

export type ServiceName = keyof typeof services
export type ToolName = keyof typeof tools

export const installables: Readonly<Record<ServiceName | ToolName, Installable>> = { ...services, ...tools }

export const isServiceName = (name: string): name is ServiceName => Object.hasOwn(services, name)
export const isInstallable = (name: string): name is ServiceName | ToolName => Object.hasOwn(installables, name)
