import { readFileSync } from 'node:fs'
import type { Logger } from '@mercato/shared-kernel/application'
import { createConsulDirectory } from '../service-directory/consul.ts'
import type { ServiceDirectory } from '../service-directory/service-directory.ts'
import type { ConsulConfig } from './config.ts'

/** Consul, as the environment describes it; nothing where it names none. */
export const openDirectory = (config: ConsulConfig, logger: Logger): ServiceDirectory | undefined => {
  const { CONSUL_URL: url, CONSUL_CA_FILE, CONSUL_TOKEN: token } = config
  if (url === undefined) return undefined
  return createConsulDirectory({
    url,
    logger,
    ...(token === undefined ? {} : { token }),
    ...(CONSUL_CA_FILE === undefined ? {} : { ca: readFileSync(CONSUL_CA_FILE, 'utf8') }),
  })
}
