import type { ContextPorts, Mailer, Published } from '@mercato/shared-kernel/application'
import type { JWK } from 'jose'
import type { Pool } from 'pg'
import type { ServiceDirectory } from '../service-directory/service-directory.ts'
import type { Subgraph } from '../subgraph-server/subgraph.ts'

/** What a process offers to the bounded contexts it hosts. */
export interface ContextHost {
  /** The ports of this context, already open. */
  readonly ports: ContextPorts
  /** The context's own database, migrated to the technical schema. */
  readonly pool: Pool
  readonly gatewaySecret: string
  /** 32 bytes that wrap keys at rest. */
  readonly dataKey: Uint8Array
  readonly mailer: Mailer
  readonly development: boolean
  /** Where the outside reaches this system, without a path; `undefined` while it is not reachable. Ask at call time. */
  publicUrl?(): string | undefined
  /** Present when the context has the process to itself: then it opens the ports that other processes expect. */
  readonly alone?: Alone
  /** Makes a synchronous service callable by other contexts of this process. */
  offer(name: string, service: unknown): void
  /** The service another context offers here; `undefined` while it does not. Ask at call time, not at start. */
  find(name: string): unknown
}

/** A process of one context among others. */
export interface Alone {
  /** Where other processes are found; absent when addresses are configured. */
  readonly directory?: ServiceDirectory
  /** Tells others that this process also answers for a service, on a port of its own. */
  announce(service: string, port: number): unknown
}

/** A hosted context: its subgraph, and what makes its demo data. */
export interface HostedContext extends Subgraph {
  /** Creates the context's demo data through real commands; a second call changes nothing. */
  seed?(): Promise<void>
  /** Public keys of tokens, of the one context that issues them. */
  jwks?(): Promise<{ readonly keys: readonly JWK[] }>
  /** What it published within the lifetime of an access token that makes such tokens void. To be asked once it is connected. */
  recentRevocations?(): Promise<readonly Published[]>
}

/** Throws one sentence when a setting of the context is malformed; so a process can refuse to start before it opens anything. */
export type CheckSettings = (env: Readonly<Record<string, string | undefined>>) => void

/** Every context's `hosted.ts` exports `openContext` of this type: that is how a process finds it. One with settings exports `checkSettings`,
 * one with tables of its own `migrations`. */
export type OpenContext = (host: ContextHost) => Promise<HostedContext>
