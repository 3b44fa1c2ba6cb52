import { randomBytes } from 'node:crypto'

/** Names of the secrets that the compose file asks for, with what each is. */
const SECRETS = {
  GATEWAY_SECRET: 'base64',
  SESSION_SECRET: 'base64',
  CONTEXT_SECRET: 'base64',
  DATA_KEY: 'base64',
  // Part of an address: nothing that has to be escaped there.
  POSTGRES_PASSWORD: 'base64url',
} as const

/** The `.env` of the compose file with fresh secrets. Whoever loses it loses what was encrypted. */
export const composeEnvironment = (): string => {
  const lines = Object.entries(SECRETS).map(([name, encoding]) => `${name}=${randomBytes(32).toString(encoding)}`)
  return `# Made once by scripts/setup-microservices.sh. Keep it as long as the data.\n${lines.join('\n')}\n`
}
