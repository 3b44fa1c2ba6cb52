import { createSystemClock } from '@mercato/adapters/clock/system'
import { createMemoryIdempotencyStore } from '@mercato/adapters/idempotency-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { beforeEach, describe, expect, it } from 'vitest'
import { createIdempotency } from './idempotency.ts'
import { createMutate, type Mutate, type MutationField } from './mutation.ts'
import type { RequestContext } from './runtime.ts'

let mutate: Mutate
let runs: number
beforeEach(() => {
  runs = 0
  const [clock, ids] = [createSystemClock(), createUuidIds()]
  const store = createMemoryIdempotencyStore()
  const logger = createRecordingLogger()
  mutate = createMutate({ idempotent: createIdempotency({ store, clock, ids, logger, secret: 'secret' }), clock })
})

const request = (idempotencyKey?: string): RequestContext => ({
  viewer: { consumer: 'frontend' },
  actor: { kind: 'user', id: 'u1' },
  correlationId: 'c',
  ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  consistency: {},
  deadline: Date.now() + 5_000,
  signal: new AbortController().signal,
  wrote: {},
})
const field = (fieldName: string, key = fieldName): MutationField => ({ fieldName, path: { key } })
const write = async () => ({ streamId: 'test.Counter-a', revision: runs++ })
const codeOf = (running: Promise<unknown>) => running.then(() => 'done').catch(({ code }) => code)

describe('a mutation', () => {
  it('notes what it wrote for the session, the highest revision of a stream', async () => {
    const asked = request()
    await mutate(asked, field('add'), {}, write)
    const { consistencyToken } = await mutate(asked, field('add'), {}, write)
    expect(asked.wrote).toEqual({ 'test.Counter-a': 1 })
    expect(consistencyToken).toEqual(expect.any(String))
  })

  it('takes the key of its input before that of the header, under whatever alias', async () => {
    await mutate(request('header'), field('add', 'one'), { idempotencyKey: 'own' }, write)
    await mutate(request('other'), field('add', 'two'), { idempotencyKey: 'own' }, write)
    expect(runs).toBe(1)
  })

  it('has a key of its own for each place in the answer', async () => {
    for (const alias of ['one', 'two', 'one']) await mutate(request('header'), field('add', alias), {}, write)
    expect(runs).toBe(2)
  })

  it('is another input under another name', async () => {
    await mutate(request('header'), field('add', 'alias'), { n: 1 } as object, write)
    expect(await codeOf(mutate(request('header'), field('take', 'alias'), { n: 1 } as object, write))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    )
  })

  it.each(['', 'a b', 'a\u0000', 'k\u00e9y', 'x'.repeat(129)])('refuses the key %j, before it runs', async key => {
    expect(await codeOf(mutate(request(), field('add'), { idempotencyKey: key }, write))).toBe('BAD_USER_INPUT')
    expect(runs).toBe(0)
  })

  it('refuses an alias beside a header that no store could keep', async () => {
    expect(await codeOf(mutate(request('header'), field('add', 'x'.repeat(129)), {}, write))).toBe('BAD_USER_INPUT')
    expect(await codeOf(mutate(request(), field('add', 'x'.repeat(129)), {}, write))).toBe('done')
  })
})
