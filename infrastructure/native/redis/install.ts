import { findProgram, installPackages } from '../process/programs.ts'

/** Where redis-server stands, or why it is not there. Looks only. */
export const findRedis = (): { readonly server: string } | { readonly missing: string } => {
  const server = findProgram('redis-server')
  return server === undefined
    ? { missing: 'redis-server is not on PATH: node infrastructure/native/install.ts redis' }
    : { server }
}

/** Installs redis-server from the distribution's packages when it is not on PATH. */
export const installRedis = async (): Promise<void> => {
  if ('missing' in findRedis()) await installPackages(['redis-server'])
  const installed = findRedis()
  if ('missing' in installed) throw new Error(installed.missing)
}
