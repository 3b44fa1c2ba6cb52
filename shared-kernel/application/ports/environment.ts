/** The time, as the only source of it. */
export interface Clock {
  now(): Date
}

/** Identifiers: UUIDv7 for new things, UUIDv5 for things that must come out the same again. */
export interface Ids {
  next(): string
  derive(namespace: string, name: string): string
}

/** Structured log lines. Fields that the domain marks sensitive are masked by the adapter. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
  child(fields: Readonly<Record<string, unknown>>): Logger
}

/**
 * Numbers an operator watches. Names follow Prometheus (`mercato_orders_placed_total`); labels are few and bounded. A name, kind or
 * label that the adapter's catalogue does not have throws a `TypeError`.
 */
export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void
  observe(name: string, value: number, labels?: Readonly<Record<string, string>>): void
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void
}

/** Mail to people. Sending the same `id` twice delivers once. */
export interface Mailer {
  send(mail: {
    readonly id: string
    readonly to: string
    readonly subject: string
    readonly text: string
  }): Promise<void>
  /** Forgets every mail to an address that it keeps a copy of. Unknown addresses, and mailers that keep none: does nothing. */
  forget(to: string): Promise<void>
}
