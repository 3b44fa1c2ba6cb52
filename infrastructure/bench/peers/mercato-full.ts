import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createGateway } from '@mercato/gateway/composition'
import { noRevocations } from '@mercato/gateway/revocations'
import { readSubgraphAddresses } from '@mercato/gateway/supergraph'

const quiet = () => undefined
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger }
const [, , file = '', port = '0'] = process.argv
const supergraph = readFileSync(file, 'utf8')
const gateway = createGateway({
  supergraph,
  transports: Object.fromEntries(
    Object.entries(readSubgraphAddresses(supergraph)).map(([name, url]) => [
      name,
      createHttpTransport({ name, origin: new URL(url).origin }),
    ]),
  ),
  gatewaySecret: 'a secret between the gateway and its subgraphs',
  sessionSecret: 'a secret that all gateways share',
  jwks: async () => ({ keys: [] }),
  issuer: 'https://mercato.local',
  audience: 'mercato',
  revocations: noRevocations,
  development: false,
  logger,
  metrics: { count: quiet, observe: quiet, gauge: quiet },
  clock: { now: () => new Date() },
})
createServer(gateway.request).listen(Number(port), '127.0.0.1')
if (process.env['PROFILE']) process.on('SIGTERM', () => process.exit(0))
