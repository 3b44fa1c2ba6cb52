import { z } from 'zod'

/** Kinds of settings that several programs have; each says what it must be when it is not. */

export const port = () =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine(value => value <= 65_535, 'must be a port number from 0 to 65535')

export const whole = (least: number, most: number) =>
  z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)

export const httpAddress = () => z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })

export const secret = () => z.string('is required').min(32, 'must have at least 32 characters')

/** Base64 of 32 bytes, as `openssl rand -base64 32` prints them. */
export const key = () =>
  z
    .string('is required')
    .transform(text => Buffer.from(text, 'base64'))
    .refine(bytes => bytes.byteLength === 32, 'must be 32 bytes in base64')

const isAddress = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

/** An address with one of these protocols; it may hold a password, so it is never shown. */
export const address = (example: string, ...protocols: readonly string[]) =>
  z.string('is required').refine(text => isAddress(text, protocols), `must be an address such as ${example}`)

export const logLevel = () => z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug')

export const flag = () => z.enum(['true', 'false'], 'must be true or false').transform(text => text === 'true')

const BROKER = /^[^\s,:]+:\d{1,5}$/

/** `host:port`, several with commas. */
export const brokers = () =>
  z
    .string('is required')
    .transform(text => text.split(',').map(each => each.trim()))
    .refine(list => list.every(each => BROKER.test(each)), 'must be host:port, several separated by commas')

const HOSTED = /^SUBGRAPH_([A-Z][A-Z0-9_]*)_URL$/

/** Where subgraphs are, by name, from `SUBGRAPH_<NAME>_URL`; and what is wrong with those that are no addresses. */
export const subgraphAddresses = (env: Readonly<Record<string, string | undefined>>) => {
  const found = Object.entries(env).flatMap(([name, value]) => {
    const subgraph = HOSTED.exec(name)?.[1]?.toLowerCase().replaceAll('_', '-')
    return subgraph && value ? [{ name, subgraph, value, fits: httpAddress().safeParse(value).success }] : []
  })
  return {
    addresses: Object.fromEntries(found.filter(({ fits }) => fits).map(({ subgraph, value }) => [subgraph, value])),
    problems: found.filter(({ fits }) => !fits).map(({ name }) => `${name} must be an http(s) address`),
  }
}
