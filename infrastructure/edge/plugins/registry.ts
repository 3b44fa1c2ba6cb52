import * as z from 'zod'
import { correlationId } from './correlation-id.ts'
import { cors } from './cors.ts'
import { keyAuth } from './key-auth.ts'
import { prometheus } from './prometheus.ts'
import { proxyCache } from './proxy-cache.ts'
import { rateLimiting } from './rate-limiting.ts'
import { requestSizeLimiting } from './request-size-limiting.ts'
import { requestTransformer } from './request-transformer.ts'
import { responseTransformer } from './response-transformer.ts'

/** An entry of any plugin that the edge knows. Another name, or another field, does not parse. */
export const pluginEntry = z.discriminatedUnion('name', [
  correlationId.entry,
  cors.entry,
  keyAuth.entry,
  prometheus.entry,
  proxyCache.entry,
  rateLimiting.entry,
  requestSizeLimiting.entry,
  requestTransformer.entry,
  responseTransformer.entry,
])

export type PluginEntry = z.output<typeof pluginEntry>

const refusedOnConsumer = new Set<string>(
  [
    correlationId,
    cors,
    keyAuth,
    prometheus,
    proxyCache,
    rateLimiting,
    requestSizeLimiting,
    requestTransformer,
    responseTransformer,
  ]
    .filter(plugin => !plugin.onConsumer)
    .map(plugin => plugin.name),
)

export const allowedOnConsumer = (name: string): boolean => !refusedOnConsumer.has(name)
