import { existsSync, readdirSync } from 'node:fs'
import type { HostedContext, OpenContext } from '@mercato/adapters/hosting/context-host'

const FOLDER = new URL('../../subgraphs/', import.meta.url)

/** Names of the bounded contexts: the folders under subgraphs/ that can be hosted. */
export const contextNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter(name => existsSync(new URL(`${name}/hosted.ts`, FOLDER)))
    .sort()

/** How to open a context of this name. */
export const openerOf = async (name: string): Promise<OpenContext> => {
  const module: { readonly openContext: OpenContext } = await import(new URL(`${name}/hosted.ts`, FOLDER).href)
  return module.openContext
}

export type { HostedContext }
