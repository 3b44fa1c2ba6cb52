import { Metadata } from '@grpc/grpc-js'
import {
  CONTEXT_HEADER,
  currentTraceparent,
  type GatewayContext,
  SIGNATURE_HEADER,
  signGatewayContext,
  verifyGatewayContext,
} from '@mercato/shared-kernel/application'

const TRACEPARENT = 'traceparent'

/** What is signed: which method is called with which bytes. */
const signed = (path: string, message: Buffer): string => `${path}\n${message.toString('base64')}`

/** Metadata that proves who calls `path` with exactly this message, and continues the trace. */
export const signCall = (secret: string, context: GatewayContext, path: string, message: Buffer): Metadata => {
  const metadata = new Metadata()
  const headers = signGatewayContext(secret, context, signed(path, message))
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value)
  const traceparent = currentTraceparent()
  if (traceparent !== undefined) metadata.set(TRACEPARENT, traceparent)
  return metadata
}

const first = (metadata: Metadata, name: string): string | undefined => {
  const [value] = metadata.get(name)
  return typeof value === 'string' ? value : undefined
}

/** Who calls; `undefined` unless the metadata fits secret, method and message and is fresh at `now` (ms since the epoch). */
export const verifyCall = (
  secret: string,
  metadata: Metadata,
  path: string,
  message: Buffer,
  now: number,
): GatewayContext | undefined => {
  const headers = new Map(
    [CONTEXT_HEADER, SIGNATURE_HEADER].map(name => [name, first(metadata, name) ?? null] as const),
  )
  return verifyGatewayContext(secret, { get: name => headers.get(name) ?? null }, signed(path, message), now)
}

export const traceparentOf = (metadata: Metadata): string | undefined => first(metadata, TRACEPARENT)
