import type { Ids } from '@mercato/shared-kernel/application'
import { v5, v7, validate } from 'uuid'

/** The namespace for names that are no UUIDs themselves (RFC 9562, OID). */
const ROOT = '6ba7b812-9dad-11d1-80b4-00c04fd430c8'

/** UUIDv7 for new things (ordered by time, also within a millisecond), UUIDv5 for derived ones. A namespace that is no UUID is turned into one. */
export const createUuidIds = (): Ids => ({
  next: () => v7(),
  derive: (namespace, name) => v5(name, validate(namespace) ? namespace : v5(namespace, ROOT)),
})
