import { Writable } from 'node:stream'
import { trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { createMemoryTracing } from '../tracing/memory.ts'
import { createLogger, type LoggerOptions } from './winston.ts'

const written = (options: Omit<LoggerOptions, 'stream'> & { readonly isTTY?: boolean } = {}) => {
  const chunks: string[] = []
  const { isTTY = false, ...rest } = options
  const stream = Object.assign(
    new Writable({
      write(chunk, _, done) {
        chunks.push(String(chunk))
        done()
      },
    }),
    { isTTY },
  )
  const text = () => chunks.join('')
  const lines = () =>
    text()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
  return { logger: createLogger({ ...rest, stream }), text, lines }
}

describe('winston logger', () => {
  it('writes one line of JSON per call', () => {
    const { logger, lines } = written({ fields: { service: 'order' } })
    logger.info('two\nlines', { orderId: 'o-1', nested: { n: 1 } })
    logger.error('it failed', { error: new Error('why') })
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'info',
        message: 'two\nlines',
        service: 'order',
        orderId: 'o-1',
        nested: { n: 1 },
      },
      expect.objectContaining({ level: 'error', error: expect.objectContaining({ name: 'Error', message: 'why' }) }),
    ])
  })

  it('leaves out what is less important than the level', () => {
    const { logger, lines } = written({ level: 'warn' })
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level)
    expect(lines().map(line => line.message)).toEqual(['warn', 'error'])
    const silent = written({ level: 'silent' })
    silent.logger.error('nothing')
    expect(silent.text()).toBe('')
  })

  it('gives children the fields of their parents', () => {
    const { logger, lines } = written()
    logger.child({ context: 'order', a: 1 }).child({ a: 2 }).info('x', { b: 3 })
    expect(lines()[0]).toMatchObject({ context: 'order', a: 2, b: 3 })
  })

  it('does not let fields take the place of time, level and message', () => {
    const { logger, lines } = written()
    logger.info('real', { message: 'fake', level: 'error', time: 1, trace_id: 'x' })
    expect(lines()[0]).toMatchObject({
      message: 'real',
      level: 'info',
      message_: 'fake',
      level_: 'error',
      time_: 1,
      trace_id_: 'x',
    })
  })

  it('names the active span', async () => {
    await using tracing = createMemoryTracing()
    const { logger, lines } = written()
    trace.getTracer('test').startActiveSpan('work', span => {
      logger.info('inside')
      span.end()
    })
    logger.info('outside')
    const [span] = tracing.spans()
    expect(lines()[0]).toMatchObject({ trace_id: span?.traceId, span_id: span?.spanId })
    expect(lines()[1]).not.toHaveProperty('trace_id')
  })

  it('writes for people on a terminal, masked all the same', () => {
    const { logger, text } = written({ isTTY: true })
    logger.child({ context: 'user' }).warn('no mail to ann@shop.example', { attempt: 3, password: 'x' })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(text().replaceAll(/\x1b\[\d+m/g, '')).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} WARN {2}no mail to \[masked\] context=user attempt=3 password=\[masked\]\n$/,
    )
  })

  it('lets no canary through, wherever it is put', () => {
    const canaries = {
      password: 'cnry-pw-1f9',
      refreshToken: 'cnry-rt-2e8',
      authorization: 'Bearer cnry-at-3d7',
      apiKey: 'cnry-ak-4c6',
      email: 'cnry-em-5b5@shop.example',
      cookie: 'sid=cnry-ck-6a4',
      line1: 'cnry-l1-793',
      name: 'cnry-nm-8f2',
      secret: 'cnry-sc-9e1',
    }
    const { email, authorization } = canaries
    const url = 'postgres://u:cnry-db-0d0@h/db'
    const jwt = `eyJhbGciOiJFZERTQSJ9.${Buffer.from('{"sub":"cnry"}').toString('base64url')}.cnry-sig`
    const { logger, text, lines } = written({ level: 'debug', fields: canaries })
    const fault = new Error(`for ${email}`, {
      cause: Object.assign(new Error(`with ${jwt}`), { body: canaries, config: canaries }),
    })
    logger.info('direct', canaries)
    logger.debug(`in text ${email} ${authorization} ${jwt} ${url} ${JSON.stringify(canaries)}`)
    logger.warn('deep', {
      request: { variables: { input: { user: canaries, list: [canaries, new Map(Object.entries(canaries))] } } },
    })
    logger.error('failed', { error: fault, again: JSON.stringify(JSON.stringify(canaries)) })
    logger
      .child(canaries)
      .child({ headers: new Headers({ cookie: canaries.cookie }) })
      .info('child', { [email]: email })
    expect(lines()).toHaveLength(5)
    expect(text()).not.toMatch(/cnry|Y25yeQ/)
    expect(text().match(/\[masked\]/g)?.length).toBeGreaterThan(50)
  })
})
