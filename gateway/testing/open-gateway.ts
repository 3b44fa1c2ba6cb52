import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { createGateway, type Gateway, type GatewayOptions } from '../composition.ts'
import { createRevocations } from '../identity/revocations.ts'
import { createFixtureGraph, type FixtureGraph, GATEWAY_SECRET } from './fixture-graph.ts'

export const ISSUER = 'https://mercato.local'
export const AUDIENCE = 'mercato'

const KEYS = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
export const PUBLIC_JWK = { ...(await exportJWK(KEYS.publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' }
export const PRIVATE_KEY = KEYS.privateKey

/** A good access token, unless told otherwise. */
export const issueToken = (
  claims: JWTPayload = {},
  header: Readonly<Record<string, unknown>> = {},
  key = KEYS.privateKey,
): Promise<string> => {
  const now = Date.now() / 1_000
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: '1',
    sid: 's1',
    roles: ['CUSTOMER'],
    scope: '',
    email_verified: false,
    auth_time: 0,
    iat: now,
    exp: now + 600,
    ...claims,
  }
  return new SignJWT(all).setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'at+jwt', ...header }).sign(key)
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  readonly body: any
}

export interface OpenGateway extends AsyncDisposable {
  readonly gateway: Gateway
  readonly graph: FixtureGraph
  /** Sends a POST as a signed-in or anonymous client. */
  ask(
    query: string,
    options?: { variables?: unknown; operationName?: string; token?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  /** Tells the gateway what the user context would publish. */
  publish(type: string, data: unknown): Promise<void>
  /** Puts the gateway behind a socket; a second call says where it is. */
  listen(): Promise<{ readonly http: string; readonly ws: string }>
}

/** A whole gateway over the fixture graph, in this process; only clients and the clock are not real ones. */
export const openGateway = async (
  options: Partial<GatewayOptions> & { readonly replace?: Readonly<Record<string, SubgraphTransport>> } = {},
): Promise<OpenGateway> => {
  const { replace = {}, ...given } = options
  const graph = createFixtureGraph()
  const bus = createInProcessBus({ checkpoints: createMemoryCheckpoints(), logger: graph.logger })
  const clock = given.clock ?? { now: () => new Date() }
  const revocations = await createRevocations({ bus, logger: graph.logger, now: () => clock.now().getTime() })
  const transports = Object.fromEntries(
    Object.entries(graph.subgraphs).map(([name, { fetch }]) => [name, createInProcessTransport({ name, fetch })]),
  )
  const gateway = createGateway({
    supergraph: graph.supergraph,
    transports: { ...transports, ...replace },
    gatewaySecret: GATEWAY_SECRET,
    sessionSecret: 'a secret that all gateways share',
    jwks: async () => ({ keys: [PUBLIC_JWK] }),
    issuer: ISSUER,
    audience: AUDIENCE,
    revocations,
    development: false,
    logger: graph.logger,
    metrics: noMetrics,
    clock,
    ...given,
  })
  const server = createServer(gateway.request)
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  let sequence = 0

  return {
    gateway,
    graph,
    async ask(query, { variables, operationName, token, headers = {} } = {}) {
      const response = await gateway.fetch(
        new Request('http://gateway/graphql', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
            ...headers,
          },
          body: JSON.stringify({ query, variables, operationName }),
        }),
      )
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
    },
    async publish(type, data) {
      const id = `${sequence++}`
      await bus.publish('user.integration-events', [
        { key: 'user', id, value: { type, version: 1, data }, headers: {}, position: '' },
      ])
    },
    async listen() {
      if (!server.listening) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      return { http: `http://127.0.0.1:${port}`, ws: `ws://127.0.0.1:${port}/graphql` }
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
      for (const transport of Object.values(transports)) await transport[Symbol.asyncDispose]()
      await revocations[Symbol.asyncDispose]()
      await bus[Symbol.asyncDispose]()
    },
  }
}
