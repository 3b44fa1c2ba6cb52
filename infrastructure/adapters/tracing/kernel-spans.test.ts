import { currentTraceparent, withRemoteParent, withSpan } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryTracing, type MemoryTracing } from './memory.ts'

describe('spans of the kernel', () => {
  let tracing: MemoryTracing
  beforeEach(() => {
    tracing = createMemoryTracing()
  })
  afterEach(() => tracing[Symbol.asyncDispose]())

  const span = (name: string) => {
    const found = tracing.spans().find(each => each.name === name)
    if (!found) throw new Error(`no span ${name}`)
    return found
  }

  it('nest, also across awaits and side by side', async () => {
    await withSpan('outer', { attributes: { 'mercato.command': 'PlaceOrder' } }, async () => {
      await Promise.all(['left', 'right'].map(name => withSpan(name, {}, async () => Promise.resolve())))
    })
    expect(span('outer')).toMatchObject({ parentSpanId: undefined, attributes: { 'mercato.command': 'PlaceOrder' } })
    for (const name of ['left', 'right'])
      expect(span(name)).toMatchObject({ parentSpanId: span('outer').spanId, traceId: span('outer').traceId })
  })

  it('give the result and the failure of what they enclose', async () => {
    expect(await withSpan('good', {}, async () => 42)).toBe(42)
    await expect(withSpan('bad', {}, () => Promise.reject(new Error('why')))).rejects.toThrow('why')
    expect(span('good').failed).toBe(false)
    expect(span('bad').failed).toBe(true)
  })

  it('go on in another process by their traceparent: the consumer is child and link', async () => {
    const traceparent = await withSpan('producer', {}, async () => currentTraceparent())
    expect(traceparent).toBe(`00-${span('producer').traceId}-${span('producer').spanId}-01`)
    await withSpan('unrelated', {}, () =>
      withRemoteParent(traceparent, 'consumer', async () => undefined, { link: true }),
    )
    const { traceId, spanId } = span('producer')
    expect(span('consumer')).toMatchObject({ traceId, parentSpanId: spanId, links: [{ traceId, spanId }] })
    await withRemoteParent(traceparent, 'callee', async () => undefined)
    expect(span('callee')).toMatchObject({ traceId, parentSpanId: spanId, links: [] })
  })

  it.each([undefined, '', 'garbage', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331'])(
    'stay under the active span when the traceparent is %j',
    async traceparent => {
      await withSpan('outer', {}, () => withRemoteParent(traceparent, 'inner', async () => undefined, { link: true }))
      expect(span('inner')).toMatchObject({ parentSpanId: span('outer').spanId, links: [] })
    },
  )

  it('cost nothing and name nothing when tracing is off', async () => {
    await tracing[Symbol.asyncDispose]()
    expect(await withSpan('off', {}, async () => currentTraceparent())).toBeUndefined()
    expect(tracing.spans()).toEqual([])
  })
})
