import { randomUUID } from 'node:crypto'
import { startRedis } from '@mercato/native/redis'
import { describeAdapter, serviceFolder, testRedis } from '@mercato/native/testing'
import { makeTestCertificate } from '@mercato/native/testing-certificate'
import type { ListRange, ViewApply, ViewStore } from '@mercato/shared-kernel/application'
import { viewStoreContract } from '@mercato/shared-kernel/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryViewStore } from './memory.ts'
import { createRedisViewStore, type RedisViewStoreOptions } from './redis.ts'

const VIEW = 'orders@1'
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const unavailable = { name: 'Fault', code: 'SERVICE_UNAVAILABLE', retryable: true }

const change = (key: string, revision: number, doc: unknown, basedOn = 0, sortKeys = [key]): ViewApply => ({
  view: VIEW,
  streamId: `s-${key}`,
  revision,
  writes: [{ key, doc, indexes: { all: sortKeys }, basedOn }],
})
const docsOf = async (store: ViewStore, ...keys: string[]) => (await store.getMany(VIEW, keys)).map(found => found?.doc)
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

/** How long a call took that had to fail with a coded fault. */
const failsWithin = async (ms: number, call: () => Promise<unknown>): Promise<void> => {
  const started = performance.now()
  await expect(call()).rejects.toMatchObject(unavailable)
  expect(performance.now() - started).toBeLessThan(ms)
}

await describeAdapter('redis', () => {
  viewStoreContract('Redis', async () =>
    createRedisViewStore({ url: await testRedis(), prefix: `test-${randomUUID()}`, logger: quiet }),
  )

  /** A server and a store of one's own, to be hurt. */
  const open = async (options: Partial<RedisViewStoreOptions> = {}, server: { durable?: boolean } = {}) => {
    const redis = await startRedis({ dir: serviceFolder(), ...server })
    const store = createRedisViewStore({ url: redis.url, logger: quiet, ...options } as RedisViewStoreOptions)
    const admin = new Redis(redis.url, { retryStrategy: () => 20 })
    admin.on('error', () => undefined)
    return {
      redis,
      store,
      admin,
      async [Symbol.asyncDispose]() {
        admin.disconnect()
        await store[Symbol.asyncDispose]()
        await redis[Symbol.asyncDispose]()
      },
    }
  }

  describe('Redis views', () => {
    it('list as the memory adapter does, characters beyond U+FFFF, halves of pairs and NUL included', async () => {
      await using mine = createRedisViewStore({ url: await testRedis(), prefix: `test-${randomUUID()}`, logger: quiet })
      await using memory = createMemoryViewStore()
      const texts = [
        '',
        '\0',
        'a',
        'a\0',
        'a\x01',
        'a😀',
        'a\ud83d',
        'a\ude00',
        'a\uffff',
        'a\ue000',
        'é',
        '😀',
        '\uffff',
      ]
      for (const [place, key] of texts.entries()) {
        const sortKeys = [texts[(place * 5) % texts.length] ?? '', texts[(place * 7 + 3) % texts.length] ?? '']
        for (const store of [mine, memory])
          expect(await store.apply(change(key, 0, { place }, 0, sortKeys))).toBe('applied')
      }
      const { items } = await memory.list(VIEW, { index: 'all', limit: 100 })
      expect(items.length).toBeGreaterThan(texts.length)
      for (const prefix of texts)
        for (const descending of [false, true])
          for (const fromEnd of [false, true])
            for (const { cursor } of items.filter((_, place) => place % 4 === 0)) {
              const range: ListRange = { index: 'all', limit: 3, prefix, descending, fromEnd, after: cursor }
              expect(await mine.list(VIEW, range)).toEqual(await memory.list(VIEW, range))
              const before: ListRange = { index: 'all', limit: 3, prefix, descending, fromEnd, before: cursor }
              expect(await mine.list(VIEW, before)).toEqual(await memory.list(VIEW, before))
            }
    })

    it('give pages of thousands of documents', async () => {
      await using mine = createRedisViewStore({ url: await testRedis(), prefix: `test-${randomUUID()}`, logger: quiet })
      const key = (n: number) => String(n).padStart(5, '0')
      await Promise.all(Array.from({ length: 2_500 }, (_, n) => mine.apply(change(key(n), 0, n))))
      const { items, more } = await mine.list(VIEW, { index: 'all', limit: 2_400, descending: true })
      expect(items.map(({ doc }) => doc)).toEqual(Array.from({ length: 2_400 }, (_, n) => 2_499 - n))
      expect(more).toBe(true)
    })

    it('leave nothing behind when they are dropped, however many indexes they have', async () => {
      await using own = await open()
      const indexes = (n: number) =>
        Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`customer:${n * 40 + i}`, ['1']]))
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          own.store.apply({
            view: VIEW,
            streamId: `s-${n}`,
            revision: 0,
            writes: [{ key: `${n}`, doc: n, indexes: indexes(n), basedOn: 0 }],
          }),
        ),
      )
      expect(await own.store.count(VIEW, 'customer:1599')).toBe(1)
      await own.store.drop(VIEW)
      expect(await own.admin.dbsize()).toBe(0)
    })

    it('are changed by exactly one of two processes that apply the same event', async () => {
      await using own = await open()
      await using other = createRedisViewStore({ url: own.redis.url, logger: quiet })
      for (let revision = 0; revision < 50; revision++) {
        const basedOn = (await own.store.getMany(VIEW, ['a']))[0]?.version ?? 0
        const outcomes = await Promise.all(
          [own.store, other].map(store => store.apply(change('a', revision, revision, basedOn))),
        )
        expect(outcomes.toSorted()).toEqual(['applied', 'duplicate'])
      }
    })

    it('go on after SCRIPT FLUSH', async () => {
      await using own = await open()
      await own.store.apply(change('a', 0, 1))
      await own.admin.script('FLUSH')
      expect(await own.store.apply(change('b', 0, 2))).toBe('applied')
      await own.admin.script('FLUSH')
      expect((await own.store.list(VIEW, { index: 'all', limit: 5 })).items.map(({ key }) => key)).toEqual(['a', 'b'])
    })

    it('may be kept through a client of the caller, which stays open', async () => {
      await using own = await open()
      const store = createRedisViewStore({ client: own.admin, logger: quiet })
      expect(await store.apply(change('a', 0, 1))).toBe('applied')
      await store[Symbol.asyncDispose]()
      expect(await own.admin.ping()).toBe('PONG')
      expect(await docsOf(own.store, 'a')).toEqual([1])
    })

    it('are reached over TLS with a password, and not without', async () => {
      const dir = serviceFolder()
      const certificate = makeTestCertificate(dir)
      await using redis = await startRedis({
        dir,
        password: 'se cret',
        tls: { ...certificate, caFile: certificate.certFile },
      })
      await using store = createRedisViewStore({ url: redis.url, tls: { ca: certificate.ca }, logger: quiet })
      expect(await store.apply(change('a', 0, 1))).toBe('applied')
      await using stranger = createRedisViewStore({ url: redis.url, logger: quiet })
      await failsWithin(1_000, () => stranger.getMany(VIEW, ['a']))
      const keyless = new URL(redis.url)
      keyless.password = ''
      await using uninvited = createRedisViewStore({ url: keyless.href, tls: { ca: certificate.ca }, logger: quiet })
      await failsWithin(1_000, () => uninvited.getMany(VIEW, ['a']))
    })
  })

  describe('when Redis', () => {
    it('is killed, every call fails with a code within a second, and works again soon after it is back', async () => {
      const onLost = vi.fn()
      await using own = await open({ onLost }, { durable: true })
      await own.store.apply(change('a', 0, 1))
      const calls = [
        () => own.store.getMany(VIEW, ['a']),
        () => own.store.apply(change('b', 0, 1)),
        () => own.store.list(VIEW, { index: 'all', limit: 1 }),
        () => own.store.count(VIEW, 'all'),
        () => own.store.appliedRevision(VIEW, 's-a'),
        () => own.store.drop(VIEW),
      ]
      const underWay = calls
        .slice(0, 5)
        .map(call => call().catch((error: unknown) => expect(error).toMatchObject(unavailable)))
      await own.redis.kill()
      await Promise.all(underWay)
      await Promise.all(calls.map(call => failsWithin(1_000, call)))
      await own.redis.restart()
      await eventually(async () => expect((await docsOf(own.store, 'a'))[0]).toBe(1))
      expect(['applied', 'duplicate']).toContain(await own.store.apply(change('b', 0, 1)))
      expect(onLost).not.toHaveBeenCalled()
    })

    it('hangs, every call fails with a code within a second, and an apply can be repeated', async () => {
      await using own = await open()
      await own.store.apply(change('a', 0, 1))
      process.kill(own.redis.pid(), 'SIGSTOP')
      await failsWithin(1_000, () => own.store.apply(change('b', 0, 1)))
      await failsWithin(1_000, () => own.store.getMany(VIEW, ['a']))
      process.kill(own.redis.pid(), 'SIGCONT')
      // What was sent while it hung is carried out when it wakes up.
      await eventually(async () => expect(['applied', 'duplicate']).toContain(await own.store.apply(change('b', 0, 1))))
      expect(await docsOf(own.store, 'a', 'b')).toEqual([1, 1])
    })

    it('is not there at the start, calls fail with a code until it is', async () => {
      const dir = serviceFolder()
      const redis = await startRedis({ dir })
      await redis.stop()
      await using _redis = redis
      await using store = createRedisViewStore({ url: redis.url, logger: quiet })
      await failsWithin(1_000, () => store.getMany(VIEW, ['a']))
      await redis.restart()
      await eventually(async () => expect(await store.apply(change('a', 0, 1))).toBe('applied'))
    })

    it.each([
      ['is flushed', async ({ admin }: { admin: Redis }) => void (await admin.flushall())],
      ['comes back without its memory', async ({ redis }: { redis: { restart(): Promise<void> } }) => redis.restart()],
    ])('%s, views say once that they lost their data and can be filled again', async (_, lose) => {
      const onLost = vi.fn()
      await using own = await open({ onLost })
      await own.store.apply(change('a', 0, 1))
      await own.store.apply(change('b', 0, 1))
      const before = (await own.store.getMany(VIEW, ['a']))[0]?.version ?? 0
      await lose(own)
      await eventually(async () => expect(await docsOf(own.store, 'a', 'b')).toEqual([undefined, undefined]))
      expect(onLost.mock.calls).toEqual([[VIEW]])
      expect(await own.store.apply(change('a', 1, 2, before))).toBe('gap')
      expect(await own.store.apply(change('a', 0, 1))).toBe('applied')
      expect(await own.store.apply(change('a', 1, 2, before))).toBe('conflict')
      expect(await own.store.apply(change('b', 0, 1))).toBe('applied')
      expect((await own.store.list(VIEW, { index: 'all', limit: 5 })).items.map(({ key }) => key)).toEqual(['a', 'b'])
      expect(onLost).toHaveBeenCalledTimes(1)
    })

    it('refuses a command, that is a fault of ours', async () => {
      await using own = await open()
      await own.admin.set(`mercato:{${encodeURIComponent(VIEW)}}`, 'not a view')
      await expect(own.store.getMany(VIEW, ['a'])).rejects.toMatchObject({
        name: 'Fault',
        code: 'INTERNAL_SERVER_ERROR',
      })
    })
  })
})
