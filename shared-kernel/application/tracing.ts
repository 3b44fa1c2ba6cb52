import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

const tracer = () => trace.getTracer('mercato')

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** W3C `traceparent` of the active span; `undefined` when nothing is traced. */
export const currentTraceparent = (): string | undefined => {
  const span = trace.getActiveSpan()?.spanContext()
  return span && isSpanContextValid(span)
    ? `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`
    : undefined
}

const run = async <T>(
  name: string,
  options: { readonly attributes?: Attributes; readonly links?: { context: SpanContext }[] },
  parent: Context,
  fn: () => Promise<T>,
): Promise<T> => {
  const span = tracer().startSpan(name, options, parent)
  try {
    return await context.with(trace.setSpan(parent, span), fn)
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    span.end()
  }
}

/** Runs `fn` in a span under the active one. */
export const withSpan = <T>(
  name: string,
  options: { readonly attributes?: Attributes },
  fn: () => Promise<T>,
): Promise<T> => run(name, options, context.active(), fn)

const remoteOf = (traceparent: string | undefined): SpanContext | undefined => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? []
  if (!traceId || !spanId || !flags) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

/**
 * Runs `fn` in a span under a remote one, named by its traceparent; with `link` also linked to it (consumers of messages), with
 * `links` to others (a batch has many causes and can be in one trace only).
 */
export const withRemoteParent = <T>(
  traceparent: string | undefined,
  name: string,
  fn: () => Promise<T>,
  options: {
    readonly link?: boolean
    readonly links?: readonly (string | undefined)[]
    readonly attributes?: Attributes
  } = {},
): Promise<T> => {
  const { link, links = [], ...rest } = options
  const remote = remoteOf(traceparent)
  const linked = [link ? remote : undefined, ...links.map(remoteOf)].filter(each => each !== undefined)
  const all = linked.length > 0 ? { ...rest, links: linked.map(each => ({ context: each })) } : rest
  return run(name, all, remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : context.active(), fn)
}
