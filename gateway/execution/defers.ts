import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import type { OperationParts } from '../supergraph.ts'
import { isIncluded, type Switches } from './conditions.ts'

/** A fragment that is answered later. Its number is its own wherever it is written out, its label is the client's. */
export interface Deferral {
  readonly number: number
  readonly label: string | undefined
}

/** An operation of which something is answered later: its fragments are written out, `@skip` and `@include` decided. */
export interface Deferring {
  readonly parts: OperationParts
  /** What is selected by each deferral, by its number. */
  readonly sets: readonly SelectionSetNode[]
}

/** The `@defer` of one operation. */
export interface Defers {
  /** One character for each condition; undefined when nothing is deferred for these variables. */
  key(variables: Readonly<Record<string, unknown>>): string | undefined | GraphQLError
  /** The operation for a key, and for given conditions. What is deferred carries a `@defer` that {@link deferralOf} reads. */
  activate(key: string, switches: Switches): Deferring
}

const DEFER = 'defer'

const named = (directives: readonly DirectiveNode[] | undefined): DirectiveNode | undefined =>
  directives?.find(({ name }) => name.value === DEFER)

const argument = ({ arguments: given = [] }: DirectiveNode, name: string) =>
  given.find(one => one.name.value === name)?.value

/** What an activated `@defer` says; undefined on everything that is answered at once. */
export const deferralOf = ({
  directives,
}: {
  readonly directives?: readonly DirectiveNode[] | undefined
}): Deferral | undefined => {
  const directive = directives && directives.length > 0 ? named(directives) : undefined
  const label = directive && argument(directive, 'label')
  if (label?.kind !== 'StringValue') return undefined
  return readDeferral(label.value)
}

/** What stands in the label of an activated `@defer`, and so in those of a plan. */
export const readDeferral = (text: string): Deferral => {
  const end = text.indexOf(' ')
  return end < 0
    ? { number: Number(text), label: undefined }
    : { number: Number(text.slice(0, end)), label: text.slice(end + 1) }
}

const activated = (number: number, original: DirectiveNode): ConstDirectiveNode => {
  const label = argument(original, 'label')
  const value = label?.kind === 'StringValue' ? `${number} ${label.value}` : `${number}`
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: DEFER },
    arguments: [
      { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value: { kind: Kind.STRING, value } },
    ],
  }
}

const isOther = ({ name }: DirectiveNode): boolean => ![DEFER, 'skip', 'include'].includes(name.value)

/** Every `@defer` that the operation can reach, each once. */
const directivesIn = ({ operation, fragments }: OperationParts): readonly DirectiveNode[] => {
  const found: DirectiveNode[] = []
  const seen = new Set<string>()
  const look = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      const directive = selection.kind === Kind.FIELD ? undefined : named(selection.directives)
      if (directive) found.push(directive)
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) look(selection.selectionSet)
        continue
      }
      const fragment = seen.has(selection.name.value) ? undefined : fragments[selection.name.value]
      seen.add(selection.name.value)
      if (fragment) look(fragment.selectionSet)
    }
  }
  look(operation.selectionSet)
  return found
}

const writeOut = (
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  switches: Switches,
  isOn: (directive: DirectiveNode) => boolean,
  sets: SelectionSetNode[],
): ((set: SelectionSetNode) => SelectionSetNode) => {
  let next = 0
  const one = (selection: SelectionNode): readonly SelectionNode[] => {
    if (!isIncluded(selection, switches)) return []
    const others = (selection.directives ?? []).filter(isOther)
    if (selection.kind === Kind.FIELD) {
      const { selectionSet, ...field } = selection
      const node: FieldNode = { ...field, directives: others, ...(selectionSet && { selectionSet: all(selectionSet) }) }
      return [node]
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection
    if (!fragment) return []
    const directive = named(selection.directives)
    const number = directive && isOn(directive) ? next++ : undefined
    const selectionSet = all(fragment.selectionSet)
    if (number !== undefined) sets[number] = selectionSet
    else if (selectionSet.selections.length === 0) return []
    const written: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
      directives: directive && number !== undefined ? [...others, activated(number, directive)] : others,
      selectionSet,
    }
    return [written]
  }
  const all = ({ selections }: SelectionSetNode): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: selections.flatMap(one),
  })
  return all
}

/** The `@defer` of an operation; undefined when it has none. */
export const readDefers = (parts: OperationParts): Defers | undefined => {
  const directives = directivesIn(parts)
  if (directives.length === 0) return undefined
  const conditions = directives.map(directive => argument(directive, 'if'))
  const isOn = (directive: DirectiveNode, key: string): boolean => key[directives.indexOf(directive)] === '1'

  return {
    key(variables) {
      let key = ''
      for (const condition of conditions) {
        const value: unknown =
          condition?.kind === 'Variable'
            ? variables[condition.name.value]
            : condition?.kind === 'BooleanValue'
              ? condition.value
              : undefined
        if (value !== undefined && typeof value !== 'boolean')
          return new GraphQLError('What @defer depends on must be true or false.', {
            extensions: { code: 'BAD_USER_INPUT' },
          })
        key += value === false ? '0' : '1'
      }
      return key.includes('1') ? key : undefined
    },
    activate(key, switches) {
      const sets: SelectionSetNode[] = []
      const write = writeOut(parts.fragments, switches, directive => isOn(directive, key), sets)
      const operation = { ...parts.operation, selectionSet: write(parts.operation.selectionSet) }
      return {
        parts: { document: { kind: Kind.DOCUMENT, definitions: [operation] }, operation, fragments: {} },
        sets,
      }
    },
  }
}

/** The same without any `@defer`. */
export const withoutDefer = ({ document, operation, fragments }: OperationParts): OperationParts => {
  const look = { Directive: ({ name }: DirectiveNode) => (name.value === DEFER ? null : undefined) }
  const plain = visit(operation, look)
  const kept = Object.fromEntries(Object.entries(fragments).map(([name, one]) => [name, visit(one, look)]))
  return {
    document: { ...document, definitions: [plain, ...Object.values(kept)] },
    operation: plain,
    fragments: Object.assign(Object.create(null), kept),
  }
}
