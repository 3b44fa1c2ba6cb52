import { seedShop } from '@mercato/embedded/seed'
import { describe, expect, it } from 'vitest'
import { openSystem, type System } from './testing-system.ts'

const logged = ({ ports }: System): number => Object.values(ports).reduce((sum, { log }) => sum + log.events.length, 0)

describe('demo data', () => {
  it('is made once', async () => {
    await using system = await openSystem({ seed: true })
    const said: string[] = []
    const options = {
      fetch: (request: Request) => system.gateway.fetch(request),
      say: (line: string) => said.push(line),
    }
    await seedShop(options)
    const before = logged(system)
    await seedShop(options)
    expect(said).toEqual(['Making demo data …'])
    // The customer signs in to look.
    expect(logged(system)).toBe(before + 1)
  })

  it.each([8, 20, 60])('interrupted at request %i is no reason not to start again', async limit => {
    await using system = await openSystem({ seed: true })
    let requests = 0
    const fetch = (request: Request): Promise<Response> =>
      ++requests > limit ? Promise.reject(new Error('the process ended')) : system.gateway.fetch(request)
    await expect(seedShop({ fetch, say: () => undefined })).rejects.toThrow('the process ended')
    await seedShop({ fetch: request => system.gateway.fetch(request), say: () => undefined })
  })
})
