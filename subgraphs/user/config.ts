import { z } from 'zod'
import { defaultSettings, type UserSettings } from '#application/settings.ts'

const SECOND_MS = 1_000
const DAY_MS = 86_400_000

const whole = (least: number, most: number) =>
  z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)

const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })

const variables = z.object({
  ISSUER: address.default(defaultSettings.issuer),
  AUDIENCE: z.string().min(1).default(defaultSettings.audience),
  APP_URL: address.optional(),
  EDGE_PORT: z.string().optional(),
  ACCESS_TOKEN_SECONDS: whole(60, 3_600).default(defaultSettings.accessTokenMs / SECOND_MS),
  SIGNING_KEY_DAYS: whole(1, 365).default(defaultSettings.signingKeyMs / DAY_MS),
})

/** The settings of this context from the environment. One sentence names every malformed one. */
export const settingsFrom = (env: Readonly<Record<string, string | undefined>>): UserSettings => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success)
    throw new Error(`${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}.`)
  const { ISSUER, AUDIENCE, APP_URL, EDGE_PORT, ACCESS_TOKEN_SECONDS, SIGNING_KEY_DAYS } = read.data
  return Object.freeze({
    issuer: ISSUER,
    audience: AUDIENCE,
    appUrl: (APP_URL ?? (EDGE_PORT ? `http://localhost:${EDGE_PORT}` : defaultSettings.appUrl)).replace(/\/+$/, ''),
    accessTokenMs: ACCESS_TOKEN_SECONDS * SECOND_MS,
    signingKeyMs: SIGNING_KEY_DAYS * DAY_MS,
  })
}
