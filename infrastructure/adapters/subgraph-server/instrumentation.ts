import type { Metrics } from '@mercato/shared-kernel/application'
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql'

const tracer = trace.getTracer('mercato.subgraph')

/** The first root field: a label with few values, since it comes from the schema and not from the client. */
const rootFieldOf = (operation: OperationDefinitionNode, document: DocumentNode): string => {
  const [first] = operation.selectionSet.selections
  if (first?.kind === Kind.FIELD) return first.name.value
  if (first?.kind === Kind.INLINE_FRAGMENT)
    return rootFieldOf({ ...operation, selectionSet: first.selectionSet }, document)
  return 'fragment'
}

/** Traceparent of the active span, so that what a request causes can point back to it. */
export const activeTraceparent = (): string | undefined => {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent']
}

/** Runs a request inside a server span that continues the caller's trace. Its name is the method, later the operation type. */
export const traced = async (
  headers: Headers,
  subgraph: string,
  run: (span: Span) => Promise<Response>,
): Promise<Response> => {
  const parent = propagation.extract(context.active(), headers, {
    get: (h, key) => h.get(key) ?? undefined,
    keys: h => [...h.keys()],
  })
  return tracer.startActiveSpan(
    'graphql',
    { kind: SpanKind.SERVER, attributes: { 'mercato.context': subgraph } },
    parent,
    async span => {
      try {
        const response = await run(span)
        if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        return response
      } finally {
        span.end()
      }
    },
  )
}

/** Names the span and records rate, errors and duration of one operation. Call the result when the operation is done. */
export const measured = (
  metrics: Metrics,
  subgraph: string,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): ((failed: boolean) => void) => {
  const type = operation.operation
  const span = trace.getActiveSpan()
  const labels = { context: subgraph, type, operation: rootFieldOf(operation, document) }
  span?.updateName(type)
  span?.setAttributes({ 'graphql.operation.type': type, 'graphql.root.field': labels.operation })
  const started = performance.now()
  return failed => {
    if (failed) span?.setStatus({ code: SpanStatusCode.ERROR })
    metrics.count('mercato_subgraph_operations_total', { ...labels, outcome: failed ? 'error' : 'ok' })
    metrics.observe('mercato_subgraph_operation_seconds', (performance.now() - started) / 1000, labels)
  }
}
