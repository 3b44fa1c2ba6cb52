import { Fault } from '@mercato/shared-kernel/application'
import kafkajs from 'kafkajs'

/** Taken from the default export: in Node these classes are not among the names that a CommonJS package is seen to export. */
const { KafkaJSNonRetriableError, KafkaJSProtocolError } = kafkajs

/** An error that kafkajs does not answer by trying again. */
export const finalError = (message: string): Error => new KafkaJSNonRetriableError(message)

/** The broker's name for what it refused, when the error is a refusal. */
export const refusalOf = (error: unknown): string | undefined => {
  if (error instanceof KafkaJSProtocolError) return error.type
  return error instanceof Error && error.cause !== undefined ? refusalOf(error.cause) : undefined
}

/** Refusals that will be the same the next time. */
const LASTING = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_PARTITIONS',
])

/** What a failure at Kafka is for those who called: worth another try, unless the broker understood and refused. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  return LASTING.has(refusalOf(error) ?? '')
    ? new Fault('INTERNAL_SERVER_ERROR', 'The event bus refused a request.', error)
    : new Fault('SERVICE_UNAVAILABLE', 'The event bus is not available. Try again in a moment.', error)
}
