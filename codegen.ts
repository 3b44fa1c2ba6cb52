import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { composeSupergraph } from './schema/compose.ts'

/** Maps GraphQL types to what a context's resolvers really pass around: `export const mappers = { Order: '../../application/order-view.ts#OrderView' }`. */
type Mappers = Readonly<Record<string, string>>

const mappersOf = async (context: string): Promise<Mappers> => {
  const file = new URL(`subgraphs/${context}/presentation/mappers.ts`, import.meta.url)
  if (!existsSync(file)) return {}
  const { mappers }: { mappers: Mappers } = await import(file.href)
  return mappers
}

const contexts = readdirSync(new URL('schema/subgraphs', import.meta.url))
  .filter(file => file.endsWith('.graphql'))
  .map(file => basename(file, '.graphql'))
  .filter(context => existsSync(new URL(`subgraphs/${context}`, import.meta.url)))
  .sort()

const scalars = { ID: 'string', DateTime: 'string', Decimal: 'string', JSON: 'unknown' }

/** The stored operations as typed documents for front ends. What does not compose is reported elsewhere. */
const typedOperations = (): CodegenConfig['generates'] => {
  const composed = composeSupergraph()
  if (composed.outcome === 'refused') return {}
  return {
    'gateway/client/src/generated/operations.ts': {
      schema: composed.api,
      documents: ['schema/operations/**/*.graphql', '!schema/operations/rest/**'],
      plugins: ['typescript-operations', './schema/typed-documents.ts'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        avoidOptionals: { field: true },
        scalars,
      },
    },
  }
}

/** Resolver types of every context that has SDL and a folder: found, not listed, so that a new context needs no edit. */
const config: CodegenConfig = {
  generates: {
    ...typedOperations(),
    ...Object.fromEntries(
      await Promise.all(
        contexts.map(async context => [
          `subgraphs/${context}/presentation/generated/types.ts`,
          {
            schema: `schema/subgraphs/${context}.graphql`,
            plugins: ['typescript', 'typescript-resolvers'],
            config: {
              federation: true,
              enumsAsTypes: true,
              useTypeImports: true,
              immutableTypes: true,
              avoidOptionals: { field: true },
              contextType: '../context.ts#SubgraphContext',
              mappers: await mappersOf(context),
              scalars,
              importExtension: '.ts',
            },
          },
        ]),
      ),
    ),
  },
}

export default config
