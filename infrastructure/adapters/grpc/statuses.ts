import { status } from '@grpc/grpc-js'
import type { FaultCode } from '@mercato/shared-kernel/application'

/** What a fault is called on the wire. */
export const STATUS_OF = {
  BAD_USER_INPUT: status.INVALID_ARGUMENT,
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  FORBIDDEN: status.PERMISSION_DENIED,
  NOT_FOUND: status.NOT_FOUND,
  CONFLICT: status.ABORTED,
  RATE_LIMITED: status.RESOURCE_EXHAUSTED,
  IDEMPOTENCY_KEY_REUSED: status.FAILED_PRECONDITION,
  STALE_READ: status.UNAVAILABLE,
  CURSOR_EXPIRED: status.OUT_OF_RANGE,
  SERVICE_UNAVAILABLE: status.UNAVAILABLE,
  TIMEOUT: status.DEADLINE_EXCEEDED,
  SHUTTING_DOWN: status.UNAVAILABLE,
  INTERNAL_SERVER_ERROR: status.INTERNAL,
} as const satisfies Record<FaultCode, status>
