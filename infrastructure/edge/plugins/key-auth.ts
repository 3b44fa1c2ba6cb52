import * as z from 'zod'
import { type Exchange, type Reply, refuse } from '../exchange.ts'
import { definePlugin } from '../plugin.ts'
import { queryValues, withoutParameter } from '../uri.ts'

const config = z
  .strictObject({
    key_names: z.array(z.string().min(1)).min(1).default(['apikey']),
    hide_credentials: z.boolean().default(false),
    run_on_preflight: z.boolean().default(true),
    key_in_header: z.boolean().default(true),
    key_in_query: z.boolean().default(true),
    key_in_body: z.literal(false).default(false),
    realm: z.string().optional(),
  })
  .prefault({})

type Config = z.output<typeof config>

/** Recognises the consumer by an API key and says who it is to the target in X-Consumer-* headers. */
export const keyAuth = definePlugin({
  name: 'key-auth',
  priority: 1250,
  onConsumer: false,
  config,
  create: (config, environment) => exchange => ({
    access() {
      if (!config.run_on_preflight && exchange.request.method === 'OPTIONS') return undefined
      const found = findKey(config, exchange)
      if (found.length > 1) return unauthorized(config, 'Duplicate API key found')
      const key = found[0]
      if (!key) return unauthorized(config, 'No API key found in request')
      if (config.hide_credentials) hide(config, exchange)
      const owner = environment.credential(key)
      if (!owner) return unauthorized(config, 'Unauthorized')
      exchange.consumer = owner.consumer
      exchange.credentialId = owner.id
      exchange.headers.set('x-consumer-id', [owner.consumer.id])
      exchange.headers.set('x-consumer-username', [owner.consumer.username])
      if (owner.consumer.custom_id) exchange.headers.set('x-consumer-custom-id', [owner.consumer.custom_id])
      exchange.headers.set('x-credential-identifier', [owner.id])
      return undefined
    },
  }),
})

/** The values at the first name and place that has any. */
function findKey(config: Config, exchange: Exchange): readonly string[] {
  for (const name of config.key_names) {
    const inHeader = config.key_in_header ? exchange.headers.get(name.toLowerCase()) : undefined
    if (inHeader?.length) return inHeader
    const inQuery = config.key_in_query ? queryValues(exchange.target.query, name) : []
    if (inQuery.length > 0) return inQuery
  }
  return []
}

function hide(config: Config, { headers, target }: Exchange): void {
  for (const name of config.key_names) {
    headers.delete(name.toLowerCase())
    target.query = withoutParameter(target.query, name)
  }
}

const unauthorized = (config: Config, message: string): Reply =>
  refuse(401, message, { headers: { 'www-authenticate': config.realm ? `Key realm="${config.realm}"` : 'Key' } })
