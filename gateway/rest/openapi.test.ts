import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { openApiOf } from './openapi.ts'
import { routesFor } from './routes.ts'
import { DEMO_SELLER } from './seller.ts'

/** What Redocly's recommended rules say of a document, a line each. */
const complaints = async (document: unknown): Promise<readonly string[]> => {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: '/openapi.json', config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}

describe('the OpenAPI document, read by a linter', () => {
  const document = openApiOf(routesFor(DEMO_SELLER)) as { readonly paths: Record<string, Record<string, object>> }

  it('gives no cause for complaint', async () => {
    expect(await complaints(document)).toEqual([])
  })

  it('would, if it were wrong', async () => {
    const { '/api/v1/cart': cart, ...paths } = document.paths
    const nameless = { ...document, paths: { ...paths, '/api/v1/cart': { get: { ...cart?.['get'], responses: {} } } } }
    expect((await complaints(nameless)).join()).toContain('responses')
    const { openapi: _, ...versionless } = document as Record<string, unknown>
    await expect(complaints(versionless)).rejects.toThrow()
  })
})
