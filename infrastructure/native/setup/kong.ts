import { readFileSync } from 'node:fs'
import { loadKongConfig } from '@mercato/edge/edge'

/** Checks a declarative configuration as strictly as the edge does, then puts it into service through Kong's admin interface. */
export const setUpKong = async (options: {
  readonly file: string
  readonly adminUrl: string
  readonly say: (line: string) => void
}): Promise<void> => {
  const { file, adminUrl, say } = options
  const { routes, services, consumers } = await loadKongConfig(file)
  say(`${file}: ${services.length} services, ${routes.length} routes, ${consumers.length} consumers`)
  const body = new FormData()
  body.set('config', new Blob([readFileSync(file)], { type: 'application/yaml' }), 'kong.yml')
  const response = await fetch(new URL('/config', adminUrl), { method: 'POST', body }).catch((error: unknown) => {
    throw new Error(`Nobody answers at ${adminUrl}: is Kong, or the edge, running?`, { cause: error })
  })
  const answer = await response.text()
  if (response.status !== 201) throw new Error(`Kong refused the configuration (${response.status}): ${answer}`)
  say(`in service at ${adminUrl}`)
}
