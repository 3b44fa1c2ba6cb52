import { randomUUID } from 'node:crypto'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { type ConsulServer, startConsul } from '@mercato/native/consul'
import { describeAdapter, serviceFolder, testConsul } from '@mercato/native/testing'
import { makeTestCertificate } from '@mercato/native/testing-certificate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRecordingLogger, type RecordingLogger } from '../testing/quiet.ts'
import { type ConsulOptions, createConsulDirectory } from './consul.ts'
import { serviceDirectoryContract } from './service-directory.contract.ts'
import { hostAndPort } from './service-directory.ts'

const open = (url: string, options: Partial<ConsulOptions> = {}) =>
  createConsulDirectory({ url, heartbeatMs: 300, waitSeconds: 2, logger: createRecordingLogger(), ...options })
const SOON = { timeout: 15_000, interval: 50 }
const warnings = ({ lines }: RecordingLogger) =>
  lines.filter(({ level }) => level === 'warn').map(({ fields }) => (fields['error'] as Error).message)
const ONE = { host: '10.0.0.1', port: 4001 }

await describeAdapter('consul', () => {
  serviceDirectoryContract('Consul', async () => open(await testConsul()))

  describe('an instance in Consul', () => {
    it('that says nothing any more is out within seconds', async () => {
      const url = await testConsul()
      const service = `service-${randomUUID()}`
      await using living = open(url)
      living.register(service, { host: '10.0.0.2', port: 4002 })
      const silent = { ID: randomUUID(), Name: service, Address: '10.0.0.1', Port: 4001 }
      const check = { TTL: '900ms', Status: 'passing' }
      await fetch(`${url}/v1/agent/service/register`, {
        method: 'PUT',
        body: JSON.stringify({ ...silent, Check: check }),
      })
      const watched = living.watch(service)
      await expect.poll(() => watched.current().length, SOON).toBe(2)
      const told = performance.now()
      await expect.poll(() => watched.current().map(hostAndPort), SOON).toEqual(['10.0.0.2:4002'])
      expect(performance.now() - told).toBeLessThan(5_000)
    })

    it('stays known while Consul is away, and is known to it again when it comes back without a memory', async () => {
      await using consul = await startConsul({ dir: serviceFolder() })
      const service = `service-${randomUUID()}`
      const logger = createRecordingLogger()
      await using directory = open(consul.url, { logger })
      directory.register(service, ONE)
      const watched = directory.watch(service)
      await expect.poll(() => watched.current().map(hostAndPort), SOON).toEqual(['10.0.0.1:4001'])
      let changes = 0
      watched.onChange(() => changes++)
      await consul.kill()
      await expect.poll(() => warnings(logger), SOON).not.toEqual([])
      await consul.restart()
      await using stranger = open(consul.url)
      await expect.poll(() => logger.lines.at(-1)?.message, SOON).toBe('Consul answers again')
      const anew = stranger.watch(service)
      await expect.poll(() => anew.current().map(hostAndPort), SOON).toEqual(['10.0.0.1:4001'])
      expect(watched.current().map(hostAndPort)).toEqual(['10.0.0.1:4001'])
      expect(changes).toBe(0)
    })

    it('may be registered, and taken out, while Consul is not there yet', async () => {
      const port = await freePort()
      const service = `service-${randomUUID()}`
      await using directory = open(`http://127.0.0.1:${port}`)
      const gone = directory.register(service, { host: '10.0.0.9', port: 9 })
      directory.register(service, ONE)
      const watched = directory.watch(service)
      await gone[Symbol.asyncDispose]()
      await using _consul = await startConsul({ dir: serviceFolder(), port })
      await expect.poll(() => watched.current().map(hostAndPort), SOON).toEqual(['10.0.0.1:4001'])
    })
  })

  describe('a Consul that speaks TLS and denies everything to those without a token', () => {
    const certificate = makeTestCertificate(serviceFolder())
    const other = makeTestCertificate(serviceFolder())
    let consul: ConsulServer
    let keys: { readonly ca: string; readonly token: string }
    beforeAll(async () => {
      consul = await startConsul({ dir: serviceFolder(), tls: { ...certificate, caFile: certificate.certFile } })
      keys = { ca: certificate.ca, token: consul.token ?? '' }
    })
    afterAll(() => consul[Symbol.asyncDispose]())

    serviceDirectoryContract('Consul, secured', async () => open(consul.url, keys))

    it('warns whose token may register but sees nobody', async () => {
      const logger = createRecordingLogger()
      const token = await consul.admit('service_prefix "" { policy = "write" }')
      const service = `service-${randomUUID()}`
      await using right = open(consul.url, keys)
      right.register(service, ONE)
      const seen = right.watch(service)
      await expect.poll(() => seen.current(), SOON).toEqual([ONE])
      await using blind = open(consul.url, { ...keys, token, logger })
      blind.watch(service)
      await expect
        .poll(() => warnings(logger), SOON)
        .toEqual([`Consul hides ${service} from our token: it needs service:read and node:read`])
    })

    it.each([
      ['another token', () => ({ token: randomUUID() }), /^Consul answered 403: .*ACL not found/],
      ['no token', () => ({ token: undefined }), /^Consul answered 403: .*Permission denied/],
      ['another authority', () => ({ ca: other.ca }), /^Consul cannot be reached: .*certificate/],
      ['what is no certificate', () => ({ ca: 'no certificate' }), /^Consul cannot be reached: /],
    ])('is warned of once by a process that has %s, which goes on and leaves', async (_, wrong, reason) => {
      const logger = createRecordingLogger()
      const service = `service-${randomUUID()}`
      const { token, ca } = { ...keys, ...wrong() }
      await using directory = open(consul.url, { ...(token === undefined ? {} : { token }), ca, logger })
      const watched = directory.watch(service)
      const registration = directory.register(service, ONE)
      await expect.poll(() => warnings(logger), SOON).toEqual([expect.stringMatching(reason)])
      await using right = open(consul.url, keys)
      right.register(service, { host: '10.0.0.2', port: 4002 })
      const seen = right.watch(service)
      await expect.poll(() => seen.current().map(hostAndPort), SOON).toEqual(['10.0.0.2:4002'])
      await registration[Symbol.asyncDispose]()
      expect(watched.current()).toEqual([])
      expect(warnings(logger)).toHaveLength(1)
      expect(JSON.stringify(logger.lines)).not.toContain(token)
    })
  })
})
