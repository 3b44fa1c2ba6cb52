import { parseArgs } from 'node:util'
import { z } from 'zod'

/** What the command line says. */
export interface PlainOptions {
  readonly supergraph: string
  readonly host: string
  readonly port: number
  readonly addresses: Readonly<Record<string, string>>
  readonly sockets: Readonly<Record<string, string>>
  readonly forward: readonly string[]
  readonly cors: readonly string[]
  readonly labels: readonly string[]
  readonly collapse: boolean
  readonly defer: boolean
  readonly timeoutMs: number
  readonly pollMs: number
  readonly metricsPort: number | undefined
}

const many = { type: 'string', multiple: true } as const
const one = { type: 'string' } as const
export const OPTIONS = {
  supergraph: one,
  host: one,
  port: one,
  url: many,
  socket: many,
  forward: many,
  cors: many,
  label: many,
  collapse: { type: 'boolean' },
  'no-defer': { type: 'boolean' },
  timeout: one,
  poll: one,
  'metrics-port': one,
} as const

const whole = (least: number, most: number, what: string) =>
  z.coerce.number(`must be ${what}`).int(`must be ${what}`).min(least, `must be ${what}`).max(most, `must be ${what}`)
const port = whole(0, 65_535, 'a port number')
const milliseconds = whole(1, 600_000, 'a number of milliseconds up to 600000')
const named = (protocol: RegExp, example: string) =>
  z
    .array(z.string())
    .default([])
    .transform((all, context) => {
      const found: Record<string, string> = Object.create(null)
      for (const text of all) {
        const [, name = '', url = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
        if (!protocol.test(url) || !URL.canParse(url))
          context.addIssue({ code: 'custom', message: `must be like ${example}` })
        else found[name] = url
      }
      return found
    })

const isOrigin = (text: string): boolean =>
  text === '*' || (URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text))

const shape = z.object({
  supergraph: z.string('is required: the file or the address of a composed supergraph').min(1, 'is empty'),
  host: z.string().default('127.0.0.1'),
  port: port.default(4_000),
  url: named(/^https?:\/\//, 'reviews=http://127.0.0.1:4001/graphql'),
  socket: named(/^wss?:\/\//, 'reviews=ws://127.0.0.1:4001/graphql'),
  forward: z.array(z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')).default([]),
  cors: z.array(z.string().refine(isOrigin, 'must be an origin like https://shop.example, or *')).default([]),
  label: z.array(z.string().min(1, 'is empty')).default([]),
  collapse: z.boolean().default(false),
  'no-defer': z.boolean().default(false),
  timeout: milliseconds.default(10_000),
  poll: milliseconds.default(10_000),
  'metrics-port': port.optional(),
})

/** Reads the command line; throws one sentence that names every mistake. */
export const readOptions = (args: readonly string[]): PlainOptions => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
  const read = shape.safeParse(values)
  if (!read.success)
    throw new Error(read.error.issues.map(({ path, message }) => `--${String(path[0])} ${message}`).join('; '))
  const {
    url,
    socket,
    label,
    timeout,
    poll,
    'metrics-port': metricsPort,
    'no-defer': answersWhole,
    ...rest
  } = read.data
  return Object.freeze({
    ...rest,
    addresses: url,
    sockets: socket,
    labels: label,
    defer: !answersWhole,
    timeoutMs: timeout,
    pollMs: poll,
    metricsPort,
  })
}
