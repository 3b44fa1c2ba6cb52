import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OPTIONS, readOptions } from './options.ts'

it('npm run gateway -- --help names exactly the options that there are', () => {
  const help = readFileSync(new URL('../../scripts/help/gateway.txt', import.meta.url), 'utf8')
  const named = [...help.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual(Object.keys(OPTIONS).sort())
})

describe('the command line of a plain gateway', () => {
  it('names the supergraph and has defaults for the rest', () => {
    expect(readOptions(['--supergraph', 'a.graphql'])).toEqual({
      supergraph: 'a.graphql',
      host: '127.0.0.1',
      port: 4_000,
      addresses: {},
      sockets: {},
      forward: [],
      cors: [],
      labels: [],
      collapse: false,
      defer: true,
      timeoutMs: 10_000,
      pollMs: 10_000,
      metricsPort: undefined,
    })
  })

  it('says where subgraphs are, one by one', () => {
    const urls = ['--url', 'a=http://a/graphql', '--url', 'b=https://b/?c=d', '--socket', 'a=ws://a/graphql']
    const { addresses, sockets } = readOptions(['--supergraph', 'x', ...urls])
    expect(addresses).toEqual({ a: 'http://a/graphql', b: 'https://b/?c=d' })
    expect(sockets).toEqual({ a: 'ws://a/graphql' })
  })

  it('turns @defer off', () => {
    expect(readOptions(['--supergraph', 'x', '--no-defer']).defer).toBe(false)
  })

  it('names labels, headers and origins, several of each', () => {
    const origins = ['--cors', 'https://shop.example', '--cors', '*']
    expect(readOptions(['--supergraph', 'x', ...origins]).cors).toEqual(['https://shop.example', '*'])
    const given = ['--label', 'beta', '--label', 'canary', '--forward', 'X-Tenant', '--forward', 'Accept-Language']
    const { labels, forward } = readOptions(['--supergraph', 'x', ...given])
    expect(labels).toEqual(['beta', 'canary'])
    expect(forward).toEqual(['X-Tenant', 'Accept-Language'])
  })

  it.each([
    [[], '--supergraph is required: the file or the address of a composed supergraph'],
    [['--port', 'many', '--supergraph', 'x'], '--port must be a port number'],
    [['--supergraph', 'x', '--url', 'reviews'], '--url must be like reviews=http://127.0.0.1:4001/graphql'],
    [['--supergraph', 'x', '--forward', 'a: b'], '--forward must be the name of a header'],
    [['--supergraph', 'x', '--cors', 'shop.example/'], '--cors must be an origin like https://shop.example, or *'],
    [['--supergraph', 'x', '--nonsense'], "Unknown option '--nonsense'"],
  ])('is refused when it is %j', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence)
  })
})
