import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadKongConfig, parseKongConfig } from './edge.ts'

const root = join(import.meta.dirname, '../..')
const file = join(root, 'infrastructure/kong/kong.yml')

const problem = (yaml: string): string => {
  try {
    parseKongConfig(`_format_version: "3.0"\n${yaml}`, 'kong.yml')
  } catch (error) {
    expect(error).toMatchObject({ code: 'START.KONG_CONFIG' })
    return error instanceof Error ? error.message : ''
  }
  throw new Error('the configuration was accepted')
}

describe('the configuration file', () => {
  it('that the project ships is understood completely', async () => {
    const config = await loadKongConfig(file)
    expect(config.consumers.map(consumer => consumer.username)).toEqual(['frontend', 'mobile', 'partner', 'ops'])
    expect(config.routes.flatMap(route => route.paths)).toEqual([
      '/graphql',
      '/graphql',
      '/api/v1',
      '/graphiql',
      '/health/live',
      '/health/ready',
      '/.well-known/jwks.json',
      '/dev/mailbox',
      '/examples',
      '/verify-email',
      '/complete-registration',
      '/reset-password',
      '/change-email',
      '/webhooks/payments',
    ])
  })

  it('is refused with one sentence when it is not there', async () => {
    await expect(loadKongConfig('/nowhere/kong.yml')).rejects.toMatchObject({
      code: 'START.KONG_CONFIG',
      message: 'The edge cannot read its configuration /nowhere/kong.yml: check that the file is there and readable.',
    })
  })

  it('is refused when it is not YAML, has a key twice, or another format version', () => {
    expect(problem('services: [')).toContain('cannot use kong.yml')
    expect(problem('services: []\nservices: []')).toContain('Map keys must be unique')
    expect(() => parseKongConfig('_format_version: "1.1"', 'kong.yml')).toThrow('_format_version')
    expect(() => parseKongConfig('', 'kong.yml')).toThrow('expected object')
  })

  it('is refused for a plugin that the edge does not know, which it names together with those it knows', () => {
    expect(problem('plugins: [{ name: acl, config: { allow: [a] } }]')).toBe(
      'The edge cannot use kong.yml: plugins[acl].name: the edge does not know this plugin; it knows correlation-id, cors, key-auth, ' +
        'prometheus, proxy-cache, rate-limiting, request-size-limiting, request-transformer, response-transformer.',
    )
  })

  it.each([
    ['at the top', 'certificates: []', 'the field "certificates"'],
    [
      'of a service',
      'services: [{ name: a, host: a, tls_verify: true }]',
      'services[a]: the edge does not know the field "tls_verify"',
    ],
    [
      'of a route',
      'services: [{ name: a, host: a, routes: [{ name: r, paths: [/], snis: [x] }] }]',
      'services[a].routes[r]: the edge does not know the field "snis"',
    ],
    [
      'of a plugin entry',
      'plugins: [{ name: cors, ordering: {} }]',
      'plugins[cors]: the edge does not know the field "ordering"',
    ],
    [
      'of a plugin',
      'plugins: [{ name: cors, config: { private_network: true } }]',
      'plugins[cors].config: the edge does not know the field "private_network"',
    ],
    [
      'of a consumer',
      'consumers: [{ username: a, acls: [] }]',
      'consumers[a]: the edge does not know the field "acls"',
    ],
    [
      'of an upstream',
      'upstreams: [{ name: u, slots: 10, targets: [{ target: "a:1" }] }]',
      'upstreams[u]: the edge does not know the field "slots"',
    ],
  ])('is refused for an unknown field %s', (_, yaml, expected) => {
    expect(problem(yaml)).toContain(expected)
  })

  it.each([
    [
      'a regular expression as path',
      'services: [{ name: a, host: a, routes: [{ name: r, paths: ["~/x$"] }] }]',
      'regular expressions',
    ],
    ['TLS towards the target', 'services: [{ name: a, host: a, protocol: https }]', 'protocol'],
    [
      'a route that matches everything',
      'services: [{ name: a, host: a, routes: [{ name: r }] }]',
      'needs at least one of',
    ],
    [
      'a rate limit without a period',
      'plugins: [{ name: rate-limiting, config: { limit_by: ip } }]',
      'needs at least one of second',
    ],
    [
      'a day lower than its hour',
      'plugins: [{ name: rate-limiting, config: { hour: 5, day: 4 } }]',
      'must not be lower',
    ],
    [
      'a template in a transformer',
      'plugins: [{ name: request-transformer, config: { add: { headers: ["a:$(b)"] } } }]',
      'templates',
    ],
    [
      'a wildcard in a transformer',
      'plugins: [{ name: request-transformer, config: { remove: { headers: ["x-user-*"] } } }]',
      'one header name',
    ],
    ['the cluster policy', 'plugins: [{ name: rate-limiting, config: { minute: 1, policy: cluster } }]', 'policy'],
  ])('is refused for %s', (_, yaml, expected) => {
    expect(problem(yaml)).toContain(expected)
  })

  it.each([
    ['a name given twice', 'services: [{ name: a, host: a }, { name: a, host: b }]', 'the service "a" is there twice'],
    ['a plugin twice in one place', 'plugins: [{ name: cors }, { name: cors }]', 'the plugin "cors" is there twice'],
    [
      'a plugin for nobody',
      'plugins: [{ name: cors, service: b }]',
      'refers to the service "b", which is not in the file',
    ],
    [
      'authentication on a consumer',
      'consumers: [{ username: a, plugins: [{ name: key-auth }] }]',
      'cannot be set on a consumer',
    ],
  ])('is refused for %s', (_, yaml, expected) => {
    expect(problem(yaml)).toContain(expected)
  })

  it('is refused for one key with two owners, without saying the key', () => {
    const said = problem(
      'consumers: [{ username: a, keyauth_credentials: [{ key: the-secret-key }] }, { username: b, keyauth_credentials: [{ key: the-secret-key }] }]',
    )
    expect(said).toContain('two keyauth_credentials have the same key')
    expect(said).not.toContain('the-secret-key')
  })

  it('has all its problems named at once', () => {
    const said = problem('foo: 1\nplugins: [{ name: acl }]\nservices: [{ name: a, host: "a b", bar: 2 }]')
    for (const part of ['"foo"', 'acl', 'must be a host name', '"bar"']) expect(said).toContain(part)
    expect(said.split('\n')).toHaveLength(1)
  })
})

describe('the names that the file strips from clients', () => {
  const removed = (): Map<string, string[]> => {
    const {
      services,
    }: { services: { name: string; plugins: { name: string; config: { remove: { headers: string[] } } }[] }[] } = parse(
      readFileSync(file, 'utf8'),
    )
    return new Map(
      services.map(({ name, plugins }) => [
        name,
        plugins
          .filter(plugin => plugin.name === 'request-transformer')
          .flatMap(plugin => plugin.config.remove.headers.map(header => header.toLowerCase())),
      ]),
    )
  }

  it('cover every header of our own that the code names, since Kong knows no wildcards', () => {
    const named = new Set(
      sources(root).flatMap(
        path =>
          readFileSync(path, 'utf8')
            .toLowerCase()
            .match(/(?<=['"`])x-mercato-[a-z-]+(?=['"`])/g) ?? [],
      ),
    )
    expect(named).toContain('x-mercato-context')
    for (const [service, names] of removed()) expect(names, service).toEqual(expect.arrayContaining([...named]))
  })

  it('leave what key-auth sets alone where there is key-auth, and take it away elsewhere', () => {
    const set = ['x-consumer-id', 'x-consumer-username', 'x-consumer-custom-id', 'x-credential-identifier']
    expect(
      removed()
        .get('gateway')
        ?.filter(name => set.includes(name)),
    ).toEqual([])
    expect(removed().get('gateway-open')).toEqual(expect.arrayContaining(set))
  })
})

/** Source files of the parts that talk HTTP; tests invent names of their own. */
const sources = (folder: string): string[] =>
  ['gateway', 'shared-kernel', 'subgraphs', 'infrastructure/adapters', 'infrastructure/embedded'].flatMap(part =>
    walk(join(folder, part)),
  )

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path)
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : []
  })
