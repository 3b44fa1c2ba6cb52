import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createPlainGateway } from '@mercato/gateway/plain'

const quiet = () => undefined
const logger = { debug: quiet, info: quiet, warn: console.warn, error: console.error, child: () => logger }
const [, , file = '', port = '0'] = process.argv
const gateway = createPlainGateway({
  supergraph: readFileSync(file, 'utf8'),
  logger,
  metrics: { count: quiet, observe: quiet, gauge: quiet },
})
createServer(gateway.request).listen(Number(port), '127.0.0.1')
if (process.env['PROFILE']) process.on('SIGTERM', () => process.exit(0))
