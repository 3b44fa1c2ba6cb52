import { DEMO_API_KEY } from '@mercato/embedded/demo'
import type { Stack } from '../stack.ts'

const row = (name: string, where: string, pid: number): string =>
  `    ${name.padEnd(14)}${where.padEnd(34)}process ${pid}`

/** The one screen a start ends with: what runs where, and what to try. */
export const stackScreen = (stack: Stack, seconds: number): string => {
  const { engines, contexts, gateways, edge, url, adminUrl, logs } = stack
  const { postgres, redis, kafka, consul } = engines
  const journey = url === 'http://localhost:8000' ? 'npm run journey' : `npm run journey -- --url ${url}`
  const processes = [...contexts, ...gateways, edge].map(each => row(each.name, each.url, each.pid()))
  return `
  The fleet is up after ${seconds.toFixed(1)} s. Ctrl-C drains and stops it; the next start has everything.

${row('PostgreSQL', new URL(postgres.url('')).host, postgres.pid())}
${row('Redis', new URL(redis.url).host, redis.pid())}
${row('Kafka', kafka.brokers.join(','), kafka.pid())}
${row('Consul', consul.url, consul.pid())}
${processes.join('\n')}

    GraphiQL      ${url}/graphiql
    Mailbox       ${url}/dev/mailbox
    Edge's admin  ${adminUrl}
    Consul        ${consul.url}/ui
    Health        /health/live, /health/ready, /metrics on every context and gateway
    Logs          ${logs}

  API key         ${DEMO_API_KEY}
  Try             ${journey}
`
}
