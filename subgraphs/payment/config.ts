import { z } from 'zod'

/** How the sandbox provider reports. */
export interface SandboxSettings {
  /** Shared by the sandbox and the payment context; made from the context's own secret when absent. */
  readonly secret: string | undefined
  /** Address it reports to; the edge of its own process when absent. */
  readonly reportTo: string | undefined
}

const variables = z.object({
  PAYMENT_WEBHOOK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  PAYMENT_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
})

/** The sandbox's settings from the environment. One sentence names every malformed one, and no value of one. */
export const sandboxFrom = (env: Readonly<Record<string, string | undefined>>): SandboxSettings => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success)
    throw new Error(`${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}.`)
  return Object.freeze({ secret: read.data.PAYMENT_WEBHOOK_SECRET, reportTo: read.data.PAYMENT_WEBHOOK_URL })
}
