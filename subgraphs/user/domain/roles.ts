export const ROLES = ['CUSTOMER', 'SUPPORT', 'MERCHANDISER', 'ADMIN'] as const
export type Role = (typeof ROLES)[number]

const SUPPORT = [
  'orders:read:any',
  'orders:write:any',
  'users:read:any',
  'payments:read:any',
  'payments:refund',
  'audit:read',
]
const MERCHANDISER = ['catalog:write', 'stock:write', 'stock:read', 'orders:fulfil']

/** What a role allows beyond one's own data. */
const SCOPES: Readonly<Record<Role, readonly string[]>> = {
  CUSTOMER: [],
  SUPPORT,
  MERCHANDISER,
  ADMIN: [...SUPPORT, ...MERCHANDISER, 'users:admin', 'operations:admin'],
}

/** The scopes of all roles together, each once, sorted. */
export const scopesOf = (roles: readonly Role[]): readonly string[] =>
  [...new Set(roles.flatMap(role => SCOPES[role]))].sort()
