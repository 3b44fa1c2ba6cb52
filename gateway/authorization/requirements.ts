import type { Schema } from '@apollo/federation-internals'
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { readIngredients } from './ingredients.ts'

/** What a part of the schema asks of whoever asks for it. All of it must hold. */
export interface Requirement {
  /** Somebody must be signed in. */
  readonly authenticated: boolean
  /** Any of these sets of scopes, each in full; nothing when empty. */
  readonly scopes: readonly (readonly string[])[]
  /** Any of these sets of policies, each in full; nothing when empty. */
  readonly policies: readonly (readonly string[])[]
}

/** The `@authenticated`, `@requiresScopes` and `@policy` of a supergraph. Requirements are compared by identity. */
export interface Requirements {
  /** What an object of this type asks for, wherever it turns up. */
  ofObject(type: GraphQLObjectType): readonly Requirement[]
  /** What a field of an object asks for: its type's, its own, those of what it returns, and those of what it is made of. */
  ofField(type: GraphQLObjectType, field: string): readonly Requirement[]
  /** What a field selected on an interface asks for by itself, apart from what the types that implement it ask for. */
  ofInterfaceField(type: string, field: string): readonly Requirement[]
}

const NOTHING: readonly Requirement[] = []

interface Applied {
  arguments(): Readonly<Record<string, unknown>>
}

/** A type or field of the supergraph, as far as it matters here. */
interface Element {
  appliedDirectivesOf(name: string): readonly Applied[]
}

const readLists = (directive: Applied | undefined, argument: string): readonly (readonly string[])[] => {
  const value: unknown = directive?.arguments()[argument]
  return Array.isArray(value) ? value : []
}

/** Finds the three directives under the names that this supergraph imports them by. */
const reader = (schema: Schema) => {
  const nameOf = (directive: string): string | undefined => {
    const feature = schema.coreFeatures?.getByIdentity(`https://specs.apollo.dev/${directive}`)
    return feature?.directiveNameInSchema(directive)
  }
  const names = { authenticated: nameOf('authenticated'), scopes: nameOf('requiresScopes'), policies: nameOf('policy') }
  return (element: Element): Requirement | undefined => {
    const applied = (name: string | undefined) => (name ? element.appliedDirectivesOf(name)[0] : undefined)
    const authenticated = applied(names.authenticated) !== undefined
    const scopes = readLists(applied(names.scopes), 'scopes')
    const policies = readLists(applied(names.policies), 'policies')
    return authenticated || scopes.length > 0 || policies.length > 0 ? { authenticated, scopes, policies } : undefined
  }
}

/**
 * Composition writes what implementing types ask for onto their interface as well, all of it together. Asked of the interface that would
 * shut out those who may see some of the types, so an interface's own requirement counts only where no implementing type has one.
 */
export const readRequirements = (supergraph: Schema, api: GraphQLSchema): Requirements => {
  const read = reader(supergraph)
  const types = new Map<string, Requirement>()
  const fields = new Map<string, Requirement>()
  for (const type of supergraph.types()) {
    const own = read(type)
    if (own) types.set(type.name, own)
    if (type.kind === 'ObjectType' || type.kind === 'InterfaceType')
      for (const field of type.fields()) {
        const asked = read(field)
        if (asked) fields.set(`${type.name}.${field.name}`, asked)
      }
  }
  const ingredients = readIngredients(supergraph)
  /** Whoever composed the supergraph may not have minded that a guarded field shows through one that is made of it. */
  const ofIngredients = (type: string, name: string): readonly (Requirement | undefined)[] =>
    [...ingredients(type, name)].map(each => (each.includes('.') ? fields.get(each) : types.get(each)))
  const present = (...found: (Requirement | undefined)[]): readonly Requirement[] => {
    const asked = found.filter(requirement => requirement !== undefined)
    return asked.length > 0 ? asked : NOTHING
  }
  const ofReturned = (type: GraphQLNamedType): Requirement | undefined =>
    isInterfaceType(type) && api.getPossibleTypes(type).some(possible => types.has(possible.name))
      ? undefined
      : types.get(type.name)

  return {
    ofObject: type => present(types.get(type.name)),
    ofField(type, name) {
      const field = type.getFields()[name]
      if (!field) return present(types.get(type.name))
      const own = [types.get(type.name), fields.get(`${type.name}.${name}`), ofReturned(getNamedType(field.type))]
      return present(...own, ...ofIngredients(type.name, name))
    },
    ofInterfaceField(typeName, name) {
      const type = api.getType(typeName)
      const asked = fields.get(`${typeName}.${name}`)
      if (!asked || !isInterfaceType(type)) return NOTHING
      const explained = api
        .getPossibleTypes(type)
        .some(
          possible => isObjectType(possible) && (fields.has(`${possible.name}.${name}`) || types.has(possible.name)),
        )
      return explained ? NOTHING : present(asked)
    },
  }
}
