import { randomUUID } from 'node:crypto'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { startConsul } from '@mercato/native/consul'
import { describeAdapter, serviceFolder, testConsul } from '@mercato/native/testing'
import { describe, expect, it } from 'vitest'
import { createRecordingLogger } from '../testing/quiet.ts'
import { createConsulDirectory } from './consul.ts'
import { serviceDirectoryContract } from './service-directory.contract.ts'
import { hostAndPort } from './service-directory.ts'

const open = (url: string) =>
  createConsulDirectory({ url, heartbeatMs: 300, waitSeconds: 2, logger: createRecordingLogger() })
const SOON = { timeout: 15_000, interval: 50 }
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
      await using directory = open(consul.url)
      directory.register(service, ONE)
      const watched = directory.watch(service)
      await expect.poll(() => watched.current().map(hostAndPort), SOON).toEqual(['10.0.0.1:4001'])
      let changes = 0
      watched.onChange(() => changes++)
      await consul.kill()
      await consul.restart()
      await using stranger = open(consul.url)
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
})
