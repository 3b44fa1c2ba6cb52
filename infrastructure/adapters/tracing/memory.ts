import { context, propagation, trace } from '@opentelemetry/api'
import { node } from '@opentelemetry/sdk-node'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

/** A finished span, as tests look at it. */
export interface FinishedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  /** Spans it is linked to. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly attributes: Readonly<Record<string, unknown>>
  /** What was noted while it ran: exceptions, for example. */
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[]
  readonly failed: boolean
  readonly statusMessage: string | undefined
}

export interface MemoryTracing extends AsyncDisposable {
  /** Finished spans, in the order in which they ended. */
  spans(): readonly FinishedSpan[]
  reset(): void
}

const finished = (span: ReadableSpan): FinishedSpan => ({
  name: span.name,
  traceId: span.spanContext().traceId,
  spanId: span.spanContext().spanId,
  parentSpanId: span.parentSpanContext?.spanId,
  links: span.links.map(({ context: { traceId, spanId } }) => ({ traceId, spanId })),
  attributes: span.attributes,
  events: span.events.map(({ name, attributes = {} }) => ({ name, attributes })),
  failed: span.status.code === 2,
  statusMessage: span.status.message,
})

/** Traces into memory, for tests. One at a time per process; disposing it turns tracing off again. */
export const createMemoryTracing = (): MemoryTracing => {
  const exporter = new InMemorySpanExporter()
  const provider = new node.NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  provider.register()

  return {
    spans: () => exporter.getFinishedSpans().map(finished),
    reset: () => exporter.reset(),
    async [Symbol.asyncDispose]() {
      await provider.shutdown()
      trace.disable()
      context.disable()
      propagation.disable()
    },
  }
}
