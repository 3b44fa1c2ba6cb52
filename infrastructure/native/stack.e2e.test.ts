import { readFileSync } from 'node:fs'
import { callGraphQL, signIn } from '@mercato/embedded/testing-process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePorts } from './stack/ports.ts'
import { counted, playJourney, runScript } from './stack/testing.ts'
import { eventsAbout, eventsAtRest, runMortal, type Traces, tracesOf } from './stack/testing-crashes.ts'
import { openOrdering } from './stack/testing-orders.ts'
import { bringBack } from './stack/testing-replacement.ts'
import { watchStock, watchStockEvents } from './stack/testing-stock-watch.ts'
import { type Stack, startStack } from './stack.ts'
import { describeAdapters, serviceFolder } from './testing.ts'

const long = process.env['GUARANTEES'] === 'long'

const SKU = 'COF-YIRG-250'
const RECEIVE = `mutation ($input: ReceiveStockInput!) {
  receiveStock(input: $input) { stock { available } userErrors { code } }
}`

await describeAdapters(['postgres', 'redis', 'kafka', 'consul'], () => {
  describe('the fleet, two processes of everything', () => {
    let stack: Stack
    beforeAll(async () => {
      stack = await startStack({
        folder: process.env['STACK_FOLDER'] ?? serviceFolder(),
        pick: freePorts,
        instances: 2,
        say: () => undefined,
      })
    })
    afterAll(() => stack[Symbol.asyncDispose]())

    const named = (name: string) => {
      const found = [...stack.contexts, ...stack.gateways].find(each => each.name === name)
      if (!found) throw new Error(`nothing is called ${name}`)
      return found
    }
    const registered = async (service: string): Promise<number> => {
      const answer = await fetch(`${stack.engines.consul.url}/v1/health/service/${service}?passing=1`)
      return ((await answer.json()) as unknown[]).length
    }

    it('plays the journey through the edge, and every process has its share', async () => {
      await playJourney(stack.url)
      for (const { url } of stack.gateways)
        expect(await counted(url, 'mercato_gateway_operations_total')).toBeGreaterThan(10)
      for (const { url } of stack.contexts)
        expect(await counted(url, 'mercato_subgraph_operations_total')).toBeGreaterThan(5)
    })

    it('is what the scripts of the brief set up: they find everything there, and find it again', async () => {
      const run = (script: string, ...flags: string[]) => runScript(stack.folder, `scripts/${script}`, ...flags)
      const [engines, topics, databases, kong] = await Promise.all([
        run('setup-microservices.sh', '--native'),
        run('kafka/create-topics.sh'),
        run('setup-databases.sh'),
        run('setup-kong.sh'),
      ])
      const there = ['kafka', 'redis', 'consul', 'postgres'].map(name => `${name}: was there\n`)
      expect(engines).toContain(`${there.join('')}Ready: npm run stack\n`)
      expect(topics).toContain('Setting up the native stack.')
      expect(topics).toContain('payment.integration-events: was there')
      expect(topics).not.toContain('order.domain-events: created')
      expect(databases).toContain('user: was there, schema up to date')
      expect(kong).toContain(`in service at ${stack.adminUrl}`)
    })

    it('plays it when processes were killed, and takes the dead out within seconds', async () => {
      const dead = ['order-1', 'inventory-1', 'gateway-1'].map(named)
      await Promise.all(dead.map(each => each.kill()))
      const killed = performance.now()
      await vi.waitFor(
        async () => expect([await registered('order'), await registered('inventory-grpc')]).toEqual([1, 1]),
        { timeout: 10_000, interval: 100 },
      )
      expect(performance.now() - killed).toBeLessThan(6_000)
      await playJourney(stack.url)
      await Promise.all(dead.map(each => each.restart()))
      await vi.waitFor(async () => expect(await registered('order')).toBe(2), { timeout: 10_000, interval: 100 })
    })

    it('goes on without Consul, and is known to it again when it is back', async () => {
      await stack.engines.consul.kill()
      await playJourney(stack.url)
      await stack.engines.consul.restart()
      const services = ['user', 'order', 'inventory', 'payment', 'inventory-grpc', 'gateway']
      await vi.waitFor(async () => expect(await Promise.all(services.map(registered))).toEqual(services.map(() => 2)), {
        timeout: 10_000,
        interval: 100,
      })
    })

    it('tells who listens at a gateway that stops to go on elsewhere, where nothing is missed, and no mutation fails', async () => {
      const [first, second] = ['gateway-1', 'gateway-2'].map(named)
      if (!first || !second) throw new Error('two gateways')
      const token = await signIn(stack.url, 'merchandiser')
      const failed: unknown[] = []
      let receiving = true
      let available: number | undefined
      const receive = async (): Promise<void> => {
        const input = { sku: SKU, quantity: 1, reference: 'while a gateway stops' }
        const { data, errors } = await callGraphQL(stack.url, RECEIVE, { input }, { token })
        if (data?.receiveStock?.userErrors.length !== 0) failed.push(data, errors)
        else available = data.receiveStock.stock.available
      }
      using listening = await watchStock(first.url, SKU)
      using events = await watchStockEvents(first.url, SKU)
      const receiver = (async () => {
        while (receiving) await receive()
      })()
      await expect.poll(() => Math.min(listening.seen.length, events.seen.length)).toBeGreaterThan(2)
      const stopping = first.stop()
      expect(await listening.closed).toEqual({
        code: 1001,
        reason: 'SHUTTING_DOWN: connect again and resume with your last cursor',
      })
      expect(await events.closed).toMatchObject([{ code: 'SHUTTING_DOWN', retryable: true }])
      await stopping
      using resumed = await watchStock(second.url, SKU, listening.cursor())
      using resumedEvents = await watchStockEvents(second.url, SKU, events.cursor())
      await expect.poll(() => Math.min(resumed.seen.length, resumedEvents.seen.length)).toBeGreaterThan(2)
      receiving = false
      await receiver
      for (const parts of [
        [listening, resumed],
        [events, resumedEvents],
      ]) {
        const seen = () => parts.flatMap(each => each.seen)
        await expect.poll(() => seen().at(-1)).toBe(available)
        expect(seen()).toEqual(seen().map((_, n) => (seen()[0] ?? Number.NaN) + n))
      }
      expect(failed).toEqual([])
      await first.restart()
    })

    it('leaves the directory and drains when it is told to stop', async () => {
      const order = named('order-2')
      const pid = order.pid()
      await order.stop()
      expect(await registered('order')).toBe(1)
      expect(() => process.kill(pid, 0)).toThrow('ESRCH')
      expect(readFileSync(order.logFile, 'utf8').trim().split('\n').at(-1)).toContain('"message":"stopped"')
    })

    it('ends every order as if nothing had happened, wherever in it a process is killed: each step took effect once', {
      timeout: 3_600_000,
    }, async () => {
      const ordering = await openOrdering(stack.url)
      const traces = async (orderId: string) => tracesOf(await eventsAbout(stack, orderId))
      const killed: [what: string, orderId: string, undisturbed: Traces][] = []
      for (const journey of long ? [ordering.delivered, ordering.cancelled] : [ordering.delivered]) {
        const events = await eventsAtRest(stack, await journey())
        const undisturbed = tracesOf(events)
        for (const context of long ? ['payment', 'order', 'inventory'] : ['order']) {
          // One append each: what a command writes together is written or not.
          const appends = events.filter(
            (event, n) => event.context === context && event.command !== events[n - 1]?.command,
          )
          const points = appends.flatMap(({ type }) => [[type, 'before'] as const, [type, 'after'] as const])
          {
            await using mortal = await runMortal(stack, context)
            for (const [type, moment] of long ? points : ([['StockHeld', 'after']] as const)) {
              const dying = mortal.dieAt(type, moment)
              const orderId = await journey()
              await dying
              const what = `${context} killed ${moment} ${type}`
              await expect.poll(() => traces(orderId), { message: what, timeout: 30_000 }).toEqual(undisturbed)
              killed.push([what, orderId, undisturbed])
              if (long) console.log(what)
            }
          }
          if (long) await bringBack(stack, context)
        }
      }
      for (const [what, orderId, undisturbed] of killed) expect(await traces(orderId), what).toEqual(undisturbed)
      expect(killed.length).toBeGreaterThanOrEqual(long ? 36 : 1)
    })
  })
})
