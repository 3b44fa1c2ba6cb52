/** `npm run stack`: the whole fleet on this machine, until Ctrl-C. */
import { readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureDataIsFree } from '@mercato/embedded/postgres/data-lock'
import { seedShop } from '@mercato/embedded/seed'
import { services } from '../services.ts'
import { type Stack, startStack } from '../stack.ts'
import { freePorts, usualPorts } from './ports.ts'
import { stackScreen } from './screen.ts'

const HELP = new URL('../../../scripts/help/stack.txt', import.meta.url)

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const count = (text: string, name: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 5) throw new Error(`--${name} takes a number from 1 to 5.`)
  return value
}

const install = async (): Promise<void> => {
  for (const [name, service] of Object.entries(services)) {
    if (service.missing() === undefined) continue
    say(name === 'consul' ? 'Building Consul, once; this takes some minutes …' : `Installing ${name}, once …`)
    await service.install()
  }
}

/** Demo orders, made as a client of a gateway makes them. */
const seed = async ({ gateways: [gateway] }: Stack): Promise<void> => {
  if (!gateway) return
  const towards = (request: Request): Request => new Request(new URL('/graphql', gateway.url), request)
  await seedShop({ fetch: request => fetch(towards(request)), say })
}

const run = async (): Promise<void> => {
  const began = performance.now()
  const { values } = parseArgs({
    options: {
      instances: { type: 'string', default: '1' },
      gateways: { type: 'string', default: '2' },
      folder: { type: 'string', default: '.data/stack' },
      'free-ports': { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(await readFile(HELP, 'utf8'))
    return
  }
  const [instances, gateways] = [count(values.instances, 'instances'), count(values.gateways, 'gateways')]
  const folder = resolve(values.folder)
  await install()
  ensureDataIsFree(folder)
  if (values.reset) await rm(folder, { recursive: true, force: true })
  const pick = values['free-ports'] ? freePorts : usualPorts()

  let stack: Stack | undefined
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    say(`\n${signal}: draining the fleet …`)
    await stack?.[Symbol.asyncDispose]()
    say('Stopped. The next start has everything.')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stop(signal).catch(error => {
        say(error instanceof Error ? error.message : String(error))
        process.exit(1)
      })
    })

  stack = await startStack({ folder, pick, instances, gateways, say })
  await seed(stack)
  process.stdout.write(stackScreen(stack, (performance.now() - began) / 1_000))
}

run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
