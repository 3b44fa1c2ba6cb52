import type { Admin } from 'kafkajs'
import { type KafkaClient, type KafkaConnectionOptions, openClient } from './client.ts'
import { within } from './deadline.ts'
import { faultOf } from './faults.ts'

export interface AdminSession extends AsyncDisposable {
  /** Asks the cluster something. Rejects with a fault, at the latest after `timeoutMs`. */
  use<Answer>(what: string, ask: (admin: Admin) => Promise<Answer>): Promise<Answer>
}

/** A connection for questions about topics and groups; opened when it is needed, opened anew after it failed. */
export const createAdminSession = (connection: KafkaConnectionOptions, timeoutMs: number): AdminSession => {
  let open: { readonly client: KafkaClient; readonly admin: Promise<Admin> } | undefined

  const connect = async ({ kafka }: KafkaClient): Promise<Admin> => {
    const admin = kafka.admin()
    await admin.connect()
    return admin
  }
  const current = () => {
    if (!open) {
      const client = openClient(connection, 'admin')
      open = { client, admin: connect(client) }
    }
    return open
  }

  return {
    async use(what, ask) {
      const used = current()
      try {
        return await within(timeoutMs, what, Promise.race([used.admin.then(admin => ask(admin)), used.client.severed]))
      } catch (error) {
        used.client.sever()
        if (open === used) open = undefined
        throw faultOf(error)
      }
    },
    async [Symbol.asyncDispose]() {
      open?.client.sever()
      open = undefined
    },
  }
}
