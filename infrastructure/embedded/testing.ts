import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test run hands out its PostgreSQL; see testing-setup.ts. */
    testPostgresBroker: string
  }
}

export type TestPostgres = {
  /** Connection string of a database on the run's server; it must have been created. */
  url(database: string): string
  /** Creates a database that nobody else uses and returns its connection string. */
  createDatabase(): Promise<string>
}

/**
 * The one throw-away PostgreSQL of this vitest run, started at the first call by any test file (about a second) and
 * gone with the run. It keeps nothing safe (fsync off): tests about durability start their own.
 */
export async function testPostgres(): Promise<TestPostgres> {
  const broker = inject('testPostgresBroker')
  const base = new URL(await ask(broker))
  const url = (database: string) => Object.assign(new URL(base), { pathname: `/${database}` }).href
  return {
    url,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      await ask(`${broker}/${name}`)
      return url(name)
    },
  }
}

async function ask(address: string): Promise<string> {
  const response = await fetch(address)
  const text = await response.text()
  if (!response.ok) throw new Error(`The test run's PostgreSQL is not available: ${text}`)
  return text
}
