import type { BusMessage } from '@mercato/shared-kernel/application'
import type { IHeaders, KafkaMessage, Message } from 'kafkajs'

/** Headers of ours, beside those of the message. */
const ID = 'mercato-id'
const POSITION = 'mercato-position'

/** A message as a Kafka record. The value is JSON; what is not JSON becomes what `JSON.stringify` makes of it. */
export const toRecord = ({ key, id, value, headers, position }: BusMessage): Message => ({
  key,
  value: JSON.stringify(value ?? null),
  headers: { ...headers, [ID]: id, [POSITION]: position },
})

/** About the size of a record in a batch, in bytes. */
export const sizeOf = ({ key, value, headers = {} }: Message): number =>
  100 +
  Buffer.byteLength(key ?? '') +
  Buffer.byteLength(value ?? '') +
  Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + String(text).length + 4, 0)

const textOf = (header: IHeaders[string]): string => String(Array.isArray(header) ? header.at(-1) : header)

/** The key of a record that may be anybody's. */
export const keyOf = (record: KafkaMessage): string => record.key?.toString() ?? ''

/**
 * The message in a record. One that we did not publish may lack our headers: its offset then stands for its id.
 * @throws SyntaxError when the value is not JSON
 */
export const fromRecord = (record: KafkaMessage): BusMessage => {
  const { [ID]: id = `offset-${record.offset}`, [POSITION]: position = '', ...headers } = record.headers ?? {}
  return {
    key: keyOf(record),
    id: textOf(id),
    position: textOf(position),
    headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, textOf(header)])),
    value: record.value === null ? null : JSON.parse(record.value.toString()),
  }
}

/** What can be said of a record whose value cannot be read: the value as it stands there. */
export const unreadable = (record: KafkaMessage): BusMessage => ({
  ...fromRecord({ ...record, value: null } as KafkaMessage),
  value: record.value?.toString() ?? null,
})
