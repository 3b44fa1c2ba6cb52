import { findConsul, installConsul } from './consul/install.ts'
import { findKafka, installKafka } from './kafka/install.ts'
import { findRedis, installRedis } from './redis/install.ts'

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

export type ServiceName = keyof typeof services

export const isServiceName = (name: string): name is ServiceName => Object.hasOwn(services, name)
