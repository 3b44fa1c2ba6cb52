import * as z from 'zod'

const pair = z
  .string()
  .regex(/^[^:]+:.+$/, 'must be "name:value"')
  .refine(text => !text.includes('$('), 'the edge knows no templates')
const names = z
  .strictObject({ headers: z.array(z.string().regex(/^[^:*\s]+$/, 'must be one header name')).default([]) })
  .prefault({})
const pairs = z.strictObject({ headers: z.array(pair).default([]) }).prefault({})

/** The header rules that request-transformer and response-transformer share. */
export const headerRules = z
  .strictObject({ remove: names, rename: pairs, replace: pairs, add: pairs, append: pairs })
  .prefault({})

export type HeaderRules = z.output<typeof headerRules>

/** The head that the rules work on. */
export interface HeaderSink {
  has(name: string): boolean
  get(name: string): readonly string[]
  set(name: string, values: readonly string[]): void
  delete(name: string): void
}

/** Applies rules in Kong's order: remove, rename, replace, add, append. */
export function headerTransformer(rules: HeaderRules): (sink: HeaderSink) => void {
  const split = ({ headers }: HeaderRules['add']): [string, string][] =>
    headers.map(text => {
      const colon = text.indexOf(':')
      return [text.slice(0, colon).toLowerCase(), text.slice(colon + 1)]
    })
  const removed = rules.remove.headers.map(name => name.toLowerCase())
  const [renamed, replaced, added, appended] = [rules.rename, rules.replace, rules.add, rules.append].map(split)
  return sink => {
    for (const name of removed) sink.delete(name)
    for (const [from, to] of renamed ?? []) {
      if (!sink.has(from)) continue
      sink.set(to.toLowerCase(), sink.get(from))
      sink.delete(from)
    }
    for (const [name, value] of replaced ?? []) if (sink.has(name)) sink.set(name, [value])
    for (const [name, value] of added ?? []) if (!sink.has(name)) sink.set(name, [value])
    for (const [name, value] of appended ?? []) sink.set(name, [...sink.get(name), value])
  }
}
