import { readOperation } from '../../../schema/stored-operations.ts'
import { eventually } from '../expectations.ts'
import { createFrontEnd, type FrontEnd, type GraphQLAnswer } from './front-end.ts'

type Variables = Readonly<Record<string, unknown>>

/** Somebody who runs stored operations with their example variables; what differs is given. */
export interface Hand {
  /** Runs a query or mutation; the answer's one root field. @throws Error when it has errors or was refused otherwise than `refusal` */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  run(path: string, differing?: Variables, refusal?: string): Promise<any>
  /** Subscribes, does something, and waits for the first event. @throws Error when it has errors */
  follow(path: string, act: () => Promise<unknown>, differing?: Variables): Promise<void>
}

/** Keeps book of what was run, and fills examples in as GraphiQL does: `{{order.id}}` is the `id` of the latest `order`. */
export const createOperationBook = (url: string) => {
  const known = new Map<string, unknown>()
  const done = new Set<string>()

  const learn = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const each of value) learn(each, name)
    else if (value && typeof value === 'object')
      for (const [field, inner] of Object.entries(value)) {
        if (inner !== null && typeof inner === 'object') learn(inner, field)
        else if (inner !== null) known.set(`${name}.${field}`, inner)
      }
  }
  const fill = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, each: unknown) => {
      const wanted = typeof each === 'string' ? /^\{\{([\w.]+)\}\}$/.exec(each)?.[1] : undefined
      if (wanted === undefined) return each
      if (!known.has(wanted)) throw new Error(`no answer held ${wanted} so far`)
      return known.get(wanted)
    })
  /** The example with what differs, one level into `input`. */
  const variablesOf = (path: string, differing: Variables = {}): Variables => {
    const { variables: example } = readOperation(path)
    const given = Object.keys(example).length === 1 && 'input' in example ? { input: differing } : differing
    const [input, change] = [example['input'], given['input']]
    const merged =
      input && change ? { input: { ...(input as object), ...(change as object) } } : { ...example, ...given }
    return fill(merged) as Variables
  }
  const check = (path: string, { data, errors }: GraphQLAnswer, refusal?: string): void => {
    if (errors?.[0]) throw new Error(`${path}: ${errors[0].message}`)
    for (const payload of Object.values(data ?? {})) {
      const code = (payload as { userErrors?: { code: string }[] } | null)?.userErrors?.[0]?.code
      if (code !== refusal) throw new Error(`${path}: ${code ?? `not refused with ${refusal}`}`)
    }
    learn(data, '')
    done.add(path)
  }

  const handOf = (person: FrontEnd): Hand => ({
    async run(path, differing, refusal) {
      const answer = await person.run(path, variablesOf(path, differing))
      check(path, answer, refusal)
      return Object.values(answer.data ?? {})[0]
    },
    async follow(path, act, differing) {
      const first = await person.follow(path, variablesOf(path, differing))
      await act()
      check(path, await first())
    },
  })

  return {
    /** Somebody with an access token, or nobody. */
    hand: (token?: string): Hand => handOf(createFrontEnd(url, token)),
    handOf,
    /** Paths of what was run. */
    done: (): readonly string[] => [...done],
    /** The token of the latest link that was mailed to somebody. */
    mailed: (to: string, subject: RegExp): Promise<string> =>
      eventually(
        `a mail to ${to}`,
        async () => {
          const response = await fetch(`${url}/dev/mailbox`, { headers: { accept: 'application/json' } })
          const { mails } = (await response.json()) as { mails: { to: string; subject: string; text: string }[] }
          const mail = mails.find(each => each.to === to && subject.test(each.subject))
          return mail && /#token=(\S+)/.exec(mail.text)?.[1]
        },
        20_000,
      ),
  }
}
export type OperationBook = ReturnType<typeof createOperationBook>
