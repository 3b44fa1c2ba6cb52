import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { expect, it } from 'vitest'
import { type Health, healthService } from './health.ts'
import { listenGrpc } from './listen.ts'
import { loadService } from './protos.ts'

const HEALTH = loadService(
  new URL('../../../schema/proto/grpc/health/v1/health.proto', import.meta.url),
  'grpc.health.v1.Health',
)

const openServer = async () => {
  const known = new Map<string, Health>([
    ['', 'SERVING'],
    ['shop', 'SERVING'],
  ])
  const health = healthService(HEALTH, name => known.get(name))
  const listening = await listenGrpc([health], { host: '127.0.0.1', port: 0 })
  const client = new Client(`127.0.0.1:${listening.port}`, credentials.createInsecure())
  const { Check, Watch } = HEALTH
  if (!Check || !Watch) throw new TypeError('the health service lacks a method')
  return {
    known,
    end: () => health.end(),
    check: (service: string) =>
      new Promise<object>(resolve => {
        const { path, requestSerialize, responseDeserialize } = Check
        const done = (error: ServiceError | null, answer?: object): void => resolve(error ?? answer ?? {})
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, new Metadata(), done)
      }),
    watch(service: string) {
      const told: object[] = []
      const { path, requestSerialize, responseDeserialize } = Watch
      const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { service })
      const ended = new Promise<void>(resolve => call.on('end', () => resolve()))
      call.on('data', (status: object) => told.push(status))
      call.on('error', () => undefined)
      return { told, ended, cancel: () => call.cancel() }
    },
    async [Symbol.asyncDispose]() {
      client.close()
      await listening[Symbol.asyncDispose]()
    },
  }
}

it('tells anybody how a service, or the server, is at this moment', async () => {
  await using server = await openServer()
  expect(await server.check('')).toEqual({ status: 'SERVING' })
  server.known.set('shop', 'NOT_SERVING')
  expect(await server.check('shop')).toEqual({ status: 'NOT_SERVING' })
  expect(await server.check('nowhere')).toMatchObject({ code: status.NOT_FOUND })
})

it('tells a watcher at once and at every change, until the server ends', async () => {
  await using server = await openServer()
  const [shop, nowhere, impatient] = [server.watch('shop'), server.watch('nowhere'), server.watch('shop')]
  await expect
    .poll(() => [shop, nowhere, impatient].map(({ told }) => told))
    .toEqual([[{ status: 'SERVING' }], [{ status: 'SERVICE_UNKNOWN' }], [{ status: 'SERVING' }]])
  impatient.cancel()
  server.known.set('shop', 'NOT_SERVING')
  await expect.poll(() => shop.told, { timeout: 5_000 }).toEqual([{ status: 'SERVING' }, { status: 'NOT_SERVING' }])
  server.known.set('shop', 'SERVING')
  server.end()
  await Promise.all([shop.ended, nowhere.ended])
  expect(shop.told.at(-1)).toEqual({ status: 'SERVING' })
  expect(nowhere.told).toEqual([{ status: 'SERVICE_UNKNOWN' }])
})
