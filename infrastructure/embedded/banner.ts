import { DEMO_API_KEY, DEMO_PASSWORD, DEMO_USERS } from './demo.ts'

/** The one screen a start ends with: where things are, who may come in, what to try. */
export const banner = (options: {
  readonly url: string
  readonly adminUrl: string
  readonly seconds: number
  readonly dataDir: string
}): string => {
  const { url, adminUrl, seconds, dataDir } = options
  const journey = url === 'http://localhost:8000' ? 'npm run journey' : `npm run journey -- --url ${url}`
  const users = DEMO_USERS.map(({ email, role }) => `    ${email.padEnd(32)}${role}`).join('\n')
  return `
  Mercato is up after ${seconds.toFixed(1)} s. Stop it with Ctrl-C; the next start has everything.

    GraphiQL      ${url}/graphiql
    GraphQL       ${url}/graphql            HTTP, SSE and WebSocket
    Live page     ${url}/examples/live      a front end that stays live through restarts
    REST          ${url}/api/v1/…           needs the key, which a browser does not send:
                  curl -H "X-API-Key: ${DEMO_API_KEY}" ${url}/api/v1/products    its OpenAPI: /api/v1/openapi.json
    Mailbox       ${url}/dev/mailbox        what Mercato would have mailed
    Metrics       ${adminUrl}/metrics
    Data          ${dataDir}

  API key         ${DEMO_API_KEY}           send it as X-API-Key
  Demo users      password: ${DEMO_PASSWORD}
${users}

  Three things to try
    1. open ${url}/graphiql and run the tabs from left to right
    2. ${journey}
    3. curl -X POST ${url}/api/v1/users -H "Content-Type: application/json" \\
            -H "X-API-Key: ${DEMO_API_KEY}" -d '{"email": "user@example.com", "username": "johndoe"}'
`
}
