import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { ConsulAgent } from '@mercato/adapters/service-directory/consul-agent'

/** What processes of Mercato do. */
export const RULES = readFileSync(new URL('../../consul/acl/mercato.hcl', import.meta.url), 'utf8')

/** Settings of an agent that speaks TLS only and denies everything to those without a token. */
export const writeSecured = (
  file: string,
  { keyFile, certFile }: { readonly keyFile: string; readonly certFile: string },
  management: string,
): void => {
  const tls = { https: { key_file: keyFile, cert_file: certFile } }
  const tokens = { initial_management: management, agent: management }
  const acl = { enabled: true, default_policy: 'deny', tokens }
  writeFileSync(file, JSON.stringify({ tls, acl }), { mode: 0o600 })
}

/** Lets those who show the token do what the rules allow. Rejects until the agent leads itself. */
export const admit = async (manager: ConsulAgent, token: string, rules: string): Promise<void> => {
  const made = await manager.call('PUT', '/acl/policy', { body: { Name: `rules-${randomUUID()}`, Rules: rules } })
  const { ID } = (await made.json()) as { readonly ID: string }
  await (await manager.call('PUT', '/acl/token', { body: { SecretID: token, Policies: [{ ID }] } })).text()
}
