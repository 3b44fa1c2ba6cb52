import { readFileSync } from 'node:fs'
import { type DocumentNode, Kind } from 'graphql'
import { bareText } from './stored-operations.ts'

interface GivenDocument {
  readonly document?: DocumentNode
  /** The file it is in. */
  readonly location?: string
}

const SUFFIX = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

/** A plugin of codegen: every operation as a constant that carries the types which `typescript-operations` has written above. */
export const plugin = (_schema: unknown, documents: readonly GivenDocument[]) => ({
  prepend: ["import type { Document } from '../document.ts'"],
  content: documents
    .flatMap(({ document, location = '' }) =>
      (document?.definitions ?? []).flatMap(definition => {
        if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name) return []
        const name = definition.name.value
        const types = `${name}${SUFFIX[definition.operation]}`
        return [
          `export const ${name} = ${JSON.stringify(bareText(readFileSync(location, 'utf8')))} as Document<${types}, ${types}Variables>`,
        ]
      }),
    )
    .join('\n'),
})
