import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { headerOf } from '../exchange.ts'
import { definePlugin } from '../plugin.ts'

/** Passes the client's correlation id on, or makes one; optionally tells the client which it was. */
export const correlationId = definePlugin({
  name: 'correlation-id',
  priority: 100_001,
  onConsumer: true,
  config: z.strictObject({
    header_name: z.string().default('Kong-Request-ID'),
    generator: z.literal('uuid'),
    echo_downstream: z.boolean().default(false),
  }),
  create: config => {
    const name = config.header_name.toLowerCase()
    return exchange => {
      const id = headerOf(exchange, name) || randomUUID()
      return {
        access() {
          exchange.headers.set(name, [id])
          return undefined
        },
        headerFilter() {
          if (config.echo_downstream) exchange.response.setHeader(config.header_name, id)
        },
      }
    }
  },
})
