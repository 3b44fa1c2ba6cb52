import type * as z from 'zod'

/** One sentence that names every problem. */
export function sentence(source: string, problems: readonly (z.core.$ZodIssue | string)[], content?: unknown): string {
  const said = problems.map(problem =>
    typeof problem === 'string' ? problem : `${place(problem.path, content)}${explain(problem)}`,
  )
  return `The edge cannot use ${source}: ${said.join('; ')}.`
}

/** `services[gateway].routes[graphql].plugins[cors].config: `, with names where the entity has one. */
function place(path: readonly PropertyKey[], content: unknown): string {
  let at = content
  let text = ''
  for (const step of path) {
    const next = property(at, step)
    if (typeof step === 'number') text += `[${label(next) ?? step}]`
    else text += `${text === '' ? '' : '.'}${String(step)}`
    at = next
  }
  return text === '' ? '' : `${text}: `
}

const property = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const label = (entity: unknown): string | undefined => {
  const name = property(entity, 'name') ?? property(entity, 'username')
  return typeof name === 'string' ? name : undefined
}

function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `the edge does not know ${issue.keys.map(key => `the field "${key}"`).join(' and ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `the edge does not know this plugin; it knows ${issue.options.join(', ')}`
        : issue.message
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
  }
}
