import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createGateway } from '@mercato/gateway/composition'
import { noRevocations } from '@mercato/gateway/revocations'
import { readSubgraphAddresses } from '@mercato/gateway/supergraph'
import { nobody } from '../quiet.ts'

const [, , file = '', port = '0', collapse] = process.argv
const supergraph = readFileSync(file, 'utf8')
const gateway = createGateway({
  ...nobody,
  supergraph,
  transports: Object.fromEntries(
    Object.entries(readSubgraphAddresses(supergraph)).map(([name, url]) => [
      name,
      createHttpTransport({ name, origin: new URL(url).origin }),
    ]),
  ),
  revocations: noRevocations,
  collapse: collapse === 'collapse',
})
createServer(gateway.request).listen(Number(port), '127.0.0.1')
if (process.env['PROFILE']) process.on('SIGTERM', () => process.exit(0))
