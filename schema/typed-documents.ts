import { type DocumentNode, Kind } from 'graphql'

interface GivenDocument {
  readonly document?: DocumentNode
  readonly rawSDL?: string
}

const SUFFIX = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

/** A plugin of codegen: every operation as a constant that carries the types which `typescript-operations` has written above. */
export const plugin = (_schema: unknown, documents: readonly GivenDocument[]) => ({
  prepend: ["import type { Document } from '../document.ts'"],
  content: documents
    .flatMap(({ document, rawSDL = '' }) =>
      (document?.definitions ?? []).flatMap(definition => {
        if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name) return []
        const name = definition.name.value
        const types = `${name}${SUFFIX[definition.operation]}`
        const text = rawSDL.replace(/^(?:#.*\n)+/, '').trim()
        return [`export const ${name} = ${JSON.stringify(text)} as Document<${types}, ${types}Variables>`]
      }),
    )
    .join('\n'),
})
