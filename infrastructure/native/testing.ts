import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject, it } from 'vitest'
import { installables, type ServiceName, type ToolName } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test run hands out its services; see testing-setup.ts. */
    testServices: string
  }
}

export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string }

const requiredAdapters = (): readonly string[] =>
  (process.env['REQUIRE_ADAPTERS'] ?? '').split(',').map(name => name.trim())

const ask = async (name: ServiceName | ToolName, method: 'GET' | 'POST'): Promise<string> => {
  const response = await fetch(`${inject('testServices')}/${name}`, { method })
  const text = await response.text()
  if (!response.ok) throw new Error(`${name} is not available: ${text}`)
  return text
}

/**
 * Whether the adapter's service can be started here. One that `REQUIRE_ADAPTERS` names (a list with commas) is installed first,
 * and an error when that fails.
 */
export const adapterAvailable = async (name: ServiceName | ToolName): Promise<Availability> => {
  if (requiredAdapters().includes(name)) await ask(name, 'POST')
  const reason = installables[name].missing()
  return reason === undefined ? { available: true } : { available: false, reason }
}

/** Declares what stands for tests whose service is missing: a skip, or a failure when the adapter is required. */
const insteadOf = async (name: ServiceName | ToolName): Promise<(() => void) | undefined> => {
  try {
    const found = await adapterAvailable(name)
    return found.available ? undefined : () => it.skip(`needs ${name}: ${found.reason}`, () => undefined)
  } catch (error) {
    return () =>
      it(`needs ${name}, which REQUIRE_ADAPTERS asks for`, () => {
        throw error
      })
  }
}

/** Declares tests that need services; where one is missing, one test that is skipped, or fails when the adapter is required. */
export const describeAdapters = async (
  names: readonly (ServiceName | ToolName)[],
  declare: () => void,
): Promise<void> => {
  for (const name of names) {
    const instead = await insteadOf(name)
    if (instead) return instead()
  }
  declare()
}

/** The same for tests of one adapter. */
export const describeAdapter = (name: ServiceName | ToolName, declare: () => void): Promise<void> =>
  describeAdapters([name], declare)

/** Brokers of the one Kafka of this vitest run, started when the first test asks. Kill your own, not this one. */
export const testKafka = async (): Promise<readonly string[]> => (await ask('kafka', 'GET')).split(',')

/** Address of the one Redis of this vitest run, started when the first test asks. Flush your own, not this one. */
export const testRedis = (): Promise<string> => ask('redis', 'GET')

/** Address of the one Consul of this vitest run, started when the first test asks. Kill your own, not this one. */
export const testConsul = (): Promise<string> => ask('consul', 'GET')

let own: string | undefined
afterAll(() => {
  if (own !== undefined) rmSync(own, { recursive: true, force: true })
})

/** A folder for a server of one's own, gone when the test file is done. */
export const serviceFolder = (): string => {
  own ??= mkdtempSync(join(tmpdir(), 'mercato-test-own-'))
  return mkdtempSync(join(own, 'server-'))
}
