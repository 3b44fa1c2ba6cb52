import { fileURLToPath } from 'node:url'
import type { MethodDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

export type Method = MethodDefinition<object, object>
/** The methods of a service by name, with what writes and reads their messages. */
export type Service = Readonly<Record<string, Method>>

/**
 * A service of a .proto file. Messages come as plain objects: fields in camelCase, 64-bit integers as decimal strings, absent
 * fields at their default, a `oneof` as the one field that is set.
 */
export const loadService = (file: URL, name: string): Service => {
  const definitions = loadSync(fileURLToPath(file), { longs: String, enums: String, defaults: true })
  const found = definitions[name]
  if (!found || typeof found['format'] === 'string') throw new TypeError(`${file.pathname} has no service ${name}`)
  return found as Service
}
