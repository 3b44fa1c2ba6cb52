import { parse } from 'graphql'
import type { OperationParts } from '../../supergraph.ts'

/** A document of one operation, taken apart. */
export const partsOf = (text: string): OperationParts => {
  const document = parse(text, { noLocation: true })
  const operation = document.definitions.find(definition => definition.kind === 'OperationDefinition')
  if (!operation) throw new Error('no operation')
  const fragments = document.definitions.filter(definition => definition.kind === 'FragmentDefinition')
  return { document, operation, fragments: Object.fromEntries(fragments.map(one => [one.name.value, one])) }
}
