import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createPlainGateway } from '@mercato/gateway/plain'
import { quietLogger, quietMetrics } from '../quiet.ts'

const [, , file = '', port = '0', collapse] = process.argv
const gateway = createPlainGateway({
  supergraph: readFileSync(file, 'utf8'),
  logger: { ...quietLogger, warn: console.warn, error: console.error },
  metrics: quietMetrics,
  ...(collapse === 'collapse' && { collapse: true }),
})
createServer(gateway.request).listen(Number(port), '127.0.0.1')
if (process.env['PROFILE']) process.on('SIGTERM', () => process.exit(0))
