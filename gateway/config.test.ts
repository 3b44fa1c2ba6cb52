import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const SECRET = 'x'.repeat(32)
const good = { GATEWAY_SECRET: SECRET, SESSION_SECRET: SECRET }

describe('the settings of a gateway', () => {
  it('need two secrets, and have a value for everything else', () => {
    expect(readConfig(good)).toMatchObject({
      GATEWAY_PORT: 4000,
      GATEWAY_HOST: '127.0.0.1',
      subgraphs: {},
    })
  })

  it('say where subgraphs are, by name', () => {
    const { subgraphs } = readConfig({
      ...good,
      SUBGRAPH_ORDER_URL: 'http://127.0.0.1:4002/graphql',
      SUBGRAPH_WISH_LIST_URL: 'http://w',
      OTHER: 'x',
    })
    expect(subgraphs).toEqual({ order: 'http://127.0.0.1:4002/graphql', 'wish-list': 'http://w' })
  })

  it('list labels with commas', () => {
    expect(readConfig({ ...good, OVERRIDE_LABELS: ' beta, canary,' }).OVERRIDE_LABELS).toEqual(['beta', 'canary'])
    expect(readConfig(good)).toMatchObject({ OVERRIDE_LABELS: [], COLLAPSE_QUERIES: false, DEFER: true })
  })

  it('are refused in one sentence that names all of them and no value', () => {
    const bad = {
      GATEWAY_SECRET: 'short-and-secret',
      GATEWAY_PORT: '99999',
      ISSUER: 'nowhere',
      LOG_LEVEL: 'loud',
      SUBGRAPH_ORDER_URL: 'ftp://10.0.0.1',
    }
    expect(() => readConfig(bad)).toThrowError(
      /^The configuration cannot be used: GATEWAY_PORT must be a port number from 0 to 65535; GATEWAY_SECRET must have at least 32 characters; SESSION_SECRET is required; ISSUER must be an http\(s\) address; LOG_LEVEL must be error, warn, info or debug; SUBGRAPH_ORDER_URL must be an http\(s\) address\.$/,
    )
  })
})
