import { describe, expect, it } from 'vitest'
import { databaseOf, readContextConfig } from './config.ts'

const good = {
  DATABASE_URL: 'postgres://u:p@db:5432',
  REDIS_URL: 'redis://views:6379',
  KAFKA_BROKERS: 'one:9092, two:9092',
  GATEWAY_SECRET: 'g'.repeat(32),
  CONTEXT_SECRET: 'c'.repeat(32),
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
}

describe('the settings of a context', () => {
  it('need places and secrets, and have a value for everything else', () => {
    const config = readContextConfig(good)
    expect(config).toMatchObject({
      HTTP_HOST: '127.0.0.1',
      DATABASE_CONNECTIONS: 10,
      DEMO_DATA: false,
      KAFKA_TLS: false,
    })
    expect(config.KAFKA_BROKERS).toEqual(['one:9092', 'two:9092'])
    expect(config.DATA_KEY.byteLength).toBe(32)
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('are refused in one sentence that names all of them, those of the context too, and no value', () => {
    const bad = {
      ...good,
      DATABASE_URL: 'mysql://u:hunter2@db',
      REDIS_URL: '',
      KAFKA_BROKERS: 'kafka',
      CONTEXT_SECRET: 'short',
      DATA_KEY: 'AAAA',
      HTTP_PORT: '99999',
      EVENT_STORE_URL: 'http://x',
    }
    expect(() => readContextConfig(bad, ['GRPC_PORT must be a port number'])).toThrow(
      /^The configuration cannot be used: HTTP_PORT [^;]*; DATABASE_URL [^;]*; EVENT_STORE_URL [^;]*; REDIS_URL is required; KAFKA_BROKERS [^;]*; CONTEXT_SECRET [^;]*; DATA_KEY [^;]*; GRPC_PORT must be a port number\.$/,
    )
    expect(() => readContextConfig(bad)).not.toThrow(/hunter2|short\b|AAAA/)
  })

  it('need somebody who writes when there is a mail server', () => {
    const mail = { ...good, MAIL_URL: 'smtp://shop:hunter2@mail:587' }
    expect(() => readContextConfig(mail)).toThrow(
      'The configuration cannot be used: MAIL_FROM is required with MAIL_URL.',
    )
    expect(() => readContextConfig({ ...mail, MAIL_FROM: 'Mercato <shop@example.com>' })).not.toThrow()
    expect(() => readContextConfig({ ...good, MAIL_URL: 'mail:587' })).toThrow(/MAIL_URL must be an address/)
  })

  it.each([
    ['postgres://u:p@db:5432', 'postgres://u:p@db:5432/order'],
    ['postgres://u:p@db:5432/', 'postgres://u:p@db:5432/order'],
    ['postgres://u:p@db:5432?sslmode=require', 'postgres://u:p@db:5432/order?sslmode=require'],
    ['postgres://u:p@db:5432/other', 'postgres://u:p@db:5432/other'],
  ])('complete %s with the database of the context', (given, whole) => expect(databaseOf(given, 'order')).toBe(whole))
})
