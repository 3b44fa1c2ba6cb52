import { describe, expect, it, vi } from 'vitest'
import { callGraphQL, launchMercato, signIn, temporaryData } from './testing-process.ts'

describe('a first start that is killed while it makes the demo data', () => {
  it('is continued by the next one: everything is there, once', async () => {
    await using data = temporaryData()
    const { mercato: first } = await launchMercato(data.path)
    await vi.waitFor(() => expect(first.output()).toContain('Making demo data'), { timeout: 120_000, interval: 5 })
    await first.kill()
    expect(first.output()).not.toContain('Mercato is up')

    await using mercato = await (await launchMercato(data.path)).ready
    expect(mercato.output()).not.toContain('half-made')
    const token = await signIn(mercato.url, 'customer')
    const { data: seen } = await callGraphQL(mercato.url, '{ orders(first: 50) { totalCount } }', {}, { token })
    expect(seen.orders.totalCount).toBe(11)
  }, 300_000)
})
