import { describe, expect, it } from 'vitest'
import { ask, startEdge, startRemote } from './testing.ts'

const checked = (ports: readonly number[], checks: string) => `
upstreams:
  - name: many
    healthchecks: { active: { http_path: /ready, ${checks} } }
    targets: [${ports.map(port => `{ target: "127.0.0.1:${port}" }`).join(', ')}]
services: [{ name: far, host: many, routes: [{ name: a, paths: [/], strip_path: false }] }]
plugins: [{ name: prometheus, config: { upstream_health_metrics: true } }]
`
const OFTEN =
  'healthy: { interval: 0.02, successes: 1 }, unhealthy: { interval: 0.02, http_failures: 1, tcp_failures: 1, timeouts: 1 }'

/** A target that says whether it is ready as it is told to, counts who asks, and takes any other call. */
const startTarget = async (name: string) => {
  const told = { ready: 200 as number | 'nothing', checks: 0, calls: 0 }
  const remote = await startRemote((request, response) => {
    if (request.url !== '/ready') {
      told.calls += 1
      return void response.end(name)
    }
    told.checks += 1
    if (told.ready !== 'nothing') response.writeHead(told.ready).end()
  })
  return { told, port: remote.port, [Symbol.asyncDispose]: () => remote[Symbol.asyncDispose]() }
}

const startTwo = async (checks = OFTEN) => {
  const [one, two] = await Promise.all(['one', 'two'].map(startTarget))
  if (!one || !two) throw new Error('two targets')
  const edge = await startEdge({ config: checked([one.port, two.port], checks) })
  const health = async (): Promise<string[]> => {
    const { text } = await ask(`${edge.admin}/metrics`)
    return [one, two].map(({ port }) => {
      const [, state = 'none'] =
        new RegExp(`target_health\\{[^}]*target="127.0.0.1:${port}"[^}]*state="(\\w+)"`).exec(text) ?? []
      return state
    })
  }
  const whoAnswers = async (): Promise<string> => {
    const answers: string[] = []
    for (let call = 0; call < 4; call++) answers.push((await ask(edge.url)).text)
    return answers.join(' ')
  }
  const dispose = async () => {
    await edge[Symbol.asyncDispose]()
    await Promise.all([one, two].map(each => each[Symbol.asyncDispose]()))
  }
  return { one, two, edge, health, whoAnswers, [Symbol.asyncDispose]: dispose }
}

describe('an upstream whose targets are checked', () => {
  it.each([
    ['says that it is not ready', 503],
    ['says nothing in time', 'nothing'],
  ] as const)('sends nobody to a target that %s, until it is ready again', async (_, answer) => {
    await using many = await startTwo(`timeout: 0.1, ${OFTEN}`)
    expect(await many.whoAnswers()).toBe('one two one two')
    many.one.told.ready = answer
    await expect.poll(many.health).toEqual(['unhealthy', 'healthy'])
    expect(await many.whoAnswers()).toBe('two two two two')
    many.one.told.ready = 200
    await expect.poll(many.health).toEqual(['healthy', 'healthy'])
    expect([...new Set((await many.whoAnswers()).split(' '))].sort()).toEqual(['one', 'two'])
  })

  it('answers in the words of Kong when no target is healthy', async () => {
    await using many = await startTwo()
    for (const each of [many.one, many.two]) each.told.ready = 503
    await expect.poll(many.health).toEqual(['unhealthy', 'unhealthy'])
    const answer = await ask(many.edge.url)
    expect([answer.status, answer.json()]).toMatchObject([
      503,
      { message: 'failure to get a peer from the ring-balancer' },
    ])
  })

  it('waits for as many failures and successes in a row as the file says', async () => {
    await using many = await startTwo(
      'healthy: { interval: 0.02, successes: 3 }, unhealthy: { interval: 0.02, http_failures: 3 }',
    )
    const { told } = many.one
    const until = async (state: string): Promise<number> => {
      const before = told.checks
      await expect.poll(async () => (await many.health())[0], { interval: 1 }).toBe(state)
      return told.checks - before
    }
    told.ready = 503
    expect(await until('unhealthy')).toBeGreaterThanOrEqual(3)
    told.ready = 200
    expect(await until('healthy')).toBeGreaterThanOrEqual(3)
  })

  it('takes a status that is on neither list for nothing', async () => {
    await using many = await startTwo()
    many.one.told.ready = 418
    const before = many.one.told.checks
    await expect.poll(() => many.one.told.checks).toBeGreaterThan(before + 3)
    expect(await many.health()).toEqual(['healthy', 'healthy'])
  })

  it('is asked nothing when the file says nothing, nor once another configuration is in service', async () => {
    await using quiet = await startTwo('timeout: 1')
    expect(await quiet.health()).toEqual(['healthchecks_off', 'healthchecks_off'])
    await using many = await startTwo()
    await expect.poll(() => many.two.told.checks).toBeGreaterThan(0)
    const other = `_format_version: "3.0"\n${checked([quiet.one.port], 'timeout: 1')}`
    const posted = await fetch(`${many.edge.admin}/config`, { method: 'POST', body: other })
    expect(posted.status).toBe(201)
    const checks = many.two.told.checks
    await expect.poll(async () => (await ask(many.edge.url)).text).toBe('one')
    for (let call = 0; call < 20; call++) await ask(many.edge.url)
    expect(many.two.told.checks - checks).toBeLessThanOrEqual(1)
    expect(quiet.one.told.checks).toBe(0)
  })
})
