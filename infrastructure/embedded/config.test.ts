import { readSettings } from '@mercato/adapters/settings/read-settings'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from './config.ts'

describe('the settings of the embedded run', () => {
  it('have defaults for everything', () =>
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      edgePort: 8000,
      adminPort: 8001,
      logLevel: 'warn',
      subgraphs: {},
    }))
  it('take an empty variable for none', () => expect(readConfig({ EDGE_PORT: '' }).edgePort).toBe(8000))
  it('name subgraphs that run elsewhere', () =>
    expect(readConfig({ SUBGRAPH_ORDER_URL: 'http://127.0.0.1:4002/graphql' }).subgraphs).toEqual({
      order: 'http://127.0.0.1:4002/graphql',
    }))
  it('are refused in production, where known passwords and shown mail have no place', () =>
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/NODE_ENV must not be production/))
  it.each(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])(
    'are refused when %s is no address, here as in every process that stands alone',
    name => {
      const message = `The configuration cannot be used: ${name} must be an http(s) address.`
      const refusal = expect.objectContaining({ code: 'START.CONFIGURATION', message })
      expect(() => readConfig({ [name]: 'zz' })).toThrow(refusal)
      expect(() => readSettings(z.object({}), { [name]: 'zz' })).toThrow(refusal)
      expect(readSettings(z.object({}), { [name]: 'http://127.0.0.1:4318' })).toEqual({})
    },
  )
  it('are refused with every problem in one sentence, and without their values', () => {
    const env = { EDGE_PORT: 'eighty', LOG_LEVEL: 'chatty', SUBGRAPH_ORDER_URL: 'nowhere', GATEWAY_SECRET: 'tooshort' }
    expect(() => readConfig(env)).toThrow(
      expect.objectContaining({
        code: 'START.CONFIGURATION',
        message: expect.stringMatching(
          /^[^\n]*EDGE_PORT[^\n]*LOG_LEVEL[^\n]*GATEWAY_SECRET[^\n]*SUBGRAPH_ORDER_URL[^\n]*$/,
        ),
      }),
    )
    expect(() => readConfig(env)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('tooshort') }))
  })
})
