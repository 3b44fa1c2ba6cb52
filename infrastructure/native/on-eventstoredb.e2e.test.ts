import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { consulSettings, kafkaSettings } from '@mercato/adapters/hosting/config'
import { openDirectory } from '@mercato/adapters/hosting/open-directory'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { startMailServer } from '@mercato/adapters/mailer/testing/smtp-server'
import { instanceAt } from '@mercato/adapters/service-directory/service-directory'
import { readSettings } from '@mercato/adapters/settings/read-settings'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { callGraphQL } from '@mercato/embedded/testing-process'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'
import { setUpTopics } from './setup/topics.ts'
import { freePorts } from './stack/ports.ts'
import type { Secured } from './stack/secured.ts'
import { playJourney, rebuildView } from './stack/testing.ts'
import { replaceContext, settingsOf } from './stack/testing-replacement.ts'
import { type Stack, startStack } from './stack.ts'
import { describeAdapters, serviceFolder } from './testing.ts'
import { makeTestCertificate } from './testing-certificate.ts'

const SERVER = fileURLToPath(import.meta.resolve('@mercato/adapters/event-store/eventstoredb/testing/serve'))
const long = process.env['GUARANTEES'] === 'long'

await describeAdapters(['postgres', 'redis', 'kafka', 'consul'], () => {
  describe('a fleet told by its environment that logs are in EventStoreDB, and that everything wants TLS and a password', () => {
    const password = 'not-the-usual-one'
    let server: ServiceProcess
    let stack: Stack
    let secured: Secured
    beforeAll(async () => {
      const folder = serviceFolder()
      const port = await freePort()
      secured = { ...makeTestCertificate(folder), password }
      const { keyFile, certFile } = secured
      server = startServiceProcess({
        ...{ name: 'the protocol server', command: process.execPath, args: [SERVER] },
        env: { PORT: String(port), KEY_FILE: keyFile, CERT_FILE: certFile, LOGIN: `mercato:${password}` },
        logFile: join(folder, 'eventstoredb.log'),
      })
      await server.listening(port, 30_000)
      const at = `esdb://mercato:${password}@127.0.0.1:${port}`
      const env = { EVENT_STORE_URL: `${at}?tls=true&tlsCAFile=${encodeURIComponent(certFile)}` }
      stack = await startStack({ folder, pick: freePorts, gateways: 1, env, secured, say: () => undefined })
    })
    afterAll(async () => {
      await stack?.[Symbol.asyncDispose]()
      await server?.end('SIGTERM')
    })

    /** What the database of a context says. */
    const ask = async (context: string, question: string): Promise<number> => {
      const client = new Client({ connectionString: stack.engines.postgres.url(context) })
      await client.connect()
      const { rows } = await client.query<{ answer: number }>(question)
      await client.end()
      return rows[0]?.answer ?? Number.NaN
    }

    it('plays the journey: no event is in PostgreSQL, and none of its sessions is in the clear', async () => {
      await playJourney(stack.url)
      for (const context of ['user', 'order', 'inventory', 'payment']) {
        expect(await ask(context, 'select count(*)::integer as answer from events'), context).toBe(0)
        const inTheClear = `select count(*)::integer as answer from pg_stat_ssl join pg_stat_activity using (pid)
          where application_name = 'mercato-${context}' and not ssl`
        expect(await ask(context, inTheClear), context).toBe(0)
        expect(await ask(context, inTheClear.replace('not ssl', 'ssl')), context).toBeGreaterThan(0)
      }
    })

    it('is found in a Consul that speaks TLS and denies everything to those without a token', async () => {
      const logger = createRecordingLogger()
      await using directory = openDirectory(readSettings(consulSettings, settingsOf(stack, 'order')), logger)
      for (const { name, url } of stack.contexts) {
        const found = directory?.watch(name.replace('-1', ''))
        await expect.poll(() => found?.current(), { timeout: 10_000 }).toEqual([instanceAt(url)])
      }
      expect(logger.lines).toEqual([])
    })

    it('has its topics set up over TLS as well', async () => {
      const said: string[] = []
      const kafka = readSettings(kafkaSettings, settingsOf(stack, 'order'))
      await setUpTopics({ kafka, contexts: ['order'], replicationFactor: undefined, say: line => said.push(line) })
      expect(said).toContain('order.domain-events: was there')
    })

    it('goes on from that log when its processes were killed, and makes a view anew from it', async () => {
      const dead = stack.contexts.filter(({ name }) => long || name === 'order-1')
      await Promise.all(dead.map(each => each.kill()))
      await Promise.all(dead.map(each => each.restart()))
      if (long) await playJourney(stack.url)
      expect(await rebuildView(stack, 'order', 'orders')).toMatch(/orders is read from orders@1#\w+ now/)
    })

    it('hands mail to the server that MAIL_URL names, over TLS', async () => {
      await using server = await startMailServer({ certificate: secured, login: { user: 'shop', password } })
      const env = {
        MAIL_URL: `smtp://shop:${password}@127.0.0.1:${server.port}`,
        MAIL_FROM: 'Mercato <shop@example.com>',
        MAIL_CA_FILE: secured.certFile,
        NODE_ENV: '',
      }
      await using _ = await replaceContext(stack, 'user', env)
      const input = { email: 'grace@example.com', username: 'grace', password: 'correct horse battery staple' }
      const register = 'mutation ($input: RegisterUserInput!) { registerUser(input: $input) { userErrors { code } } }'
      const { data } = await callGraphQL(stack.url, register, { input })
      expect(data.registerUser).toEqual({ userErrors: [] })
      await expect.poll(() => server.arrived, { timeout: 30_000 }).toMatchObject([{ to: input.email, secure: true }])
    })
  })
})
