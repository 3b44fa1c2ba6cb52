import { createSystemClock } from '@mercato/adapters/clock/system'
import { createMemoryIdempotencyStore } from '@mercato/adapters/idempotency-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { beforeEach, describe, expect, it } from 'vitest'
import { createIdempotency, type RunIdempotent } from './idempotency.ts'
import type { IdempotencyStore } from './ports/idempotency-store.ts'

let run: RunIdempotent
let effects: string[]
const request = (input: unknown, key?: string) => ({
  actorId: 'user:1',
  ...(key === undefined ? {} : { key }),
  field: 'checkout',
  input,
  deadline: Date.now() + 5_000,
})
const effect = async (commandId: string) => {
  effects.push(commandId)
  await new Promise(resolve => setTimeout(resolve, 5))
  return { streamId: 'test.Counter-a', revision: effects.length - 1 }
}

beforeEach(() => {
  effects = []
  run = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: createSystemClock(),
    ids: createUuidIds(),
    logger: createRecordingLogger(),
    secret: 'secret',
  })
})

describe('an idempotent run', () => {
  it('runs every time without a key', async () => {
    await run(request({}), effect)
    await run(request({}), effect)
    expect(effects).toHaveLength(2)
  })

  it('has one effect and gives twenty identical answers to twenty parallel repeats', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(request({ a: 1, b: 2 }, 'k'), effect)))
    expect(effects).toHaveLength(1)
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(
      new Set(['{"streamId":"test.Counter-a","revision":0}']),
    )
  })

  it('does not mind the order of fields', async () => {
    await run(request({ a: 1, b: { c: 2, d: 3 } }, 'k'), effect)
    await run(request({ b: { d: 3, c: 2 }, a: 1 }, 'k'), effect)
    expect(effects).toHaveLength(1)
  })

  it('refuses the key for another input', async () => {
    await run(request({ a: 1 }, 'k'), effect)
    await expect(run(request({ a: 2 }, 'k'), effect)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('gives the first refusal again', async () => {
    const rejection = { code: 'COUNTER.FULL', message: 'Ten is the most.' } as const
    const refuse = async () => ({ streamId: 's', revision: -1, rejection })
    await run(request({}, 'k'), refuse)
    expect(await run(request({}, 'k'), effect)).toMatchObject({ rejection })
    expect(effects).toEqual([])
  })

  it('runs again under the same command id after a fault', async () => {
    const seen: string[] = []
    const fail = async (commandId: string): Promise<never> => {
      seen.push(commandId)
      throw new Error('the database is away')
    }
    await expect(run(request({}, 'k'), fail)).rejects.toThrow('away')
    await run(request({}, 'k'), effect)
    expect(effects).toEqual(seen)
  })

  it('tells what failed, also when the run cannot be abandoned', async () => {
    const logger = createRecordingLogger()
    const store: IdempotencyStore = {
      ...createMemoryIdempotencyStore(),
      abandon: () => Promise.reject(new Error('the connection is gone')),
    }
    const runs = createIdempotency({
      store,
      clock: createSystemClock(),
      ids: createUuidIds(),
      logger,
      secret: 'secret',
    })
    const fail = () => Promise.reject(new Error('the database is away'))
    await expect(runs(request({}, 'k'), fail)).rejects.toThrow('the database is away')
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { error: { message: 'the connection is gone' } } }])
  })

  it('keeps keys of different actors apart', async () => {
    await run(request({}, 'k'), effect)
    await run({ ...request({}, 'k'), actorId: 'user:2' }, effect)
    expect(effects).toHaveLength(2)
  })
})
