import { existsSync, readdirSync } from 'node:fs'
import type { CheckSettings, HostedContext, OpenContext } from '@mercato/adapters/hosting/context-host'
import type { Migrations } from '@mercato/adapters/postgres/migrate'
import { startError } from './postgres/start-error.ts'

const FOLDER = new URL('../../subgraphs/', import.meta.url)

/** Names of the bounded contexts: the folders under subgraphs/ that can be hosted. */
export const contextNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter(name => existsSync(new URL(`${name}/hosted.ts`, FOLDER)))
    .sort()

interface HostedModule {
  readonly openContext: OpenContext
  readonly checkSettings?: CheckSettings
  readonly migrations?: readonly Migrations[]
}

const moduleOf = (name: string): Promise<HostedModule> => import(new URL(`${name}/hosted.ts`, FOLDER).href)

/** How to open a context of this name. */
export const openerOf = async (name: string): Promise<OpenContext> => (await moduleOf(name)).openContext

/** Migrations of the context's own tables, besides the technical ones. */
export const migrationsOf = async (name: string): Promise<readonly Migrations[]> =>
  (await moduleOf(name)).migrations ?? []

/** Refuses malformed settings of the contexts, before anything is opened. */
export const ensureSettings = async (
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> => {
  for (const name of names) {
    const { checkSettings } = await moduleOf(name)
    try {
      checkSettings?.(env)
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      throw startError('START.CONFIGURATION', `The configuration cannot be used: ${sentence}`, error)
    }
  }
}

export type { HostedContext }
