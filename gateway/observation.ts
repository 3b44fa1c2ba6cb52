import type { Metrics } from '@mercato/shared-kernel/application'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import type { Prepared } from './documents.ts'
import type { Answer } from './engine.ts'

const tracer = trace.getTracer('mercato.gateway')

/**
 * Runs an operation inside a span named after its type, and records its rate, errors and duration; of an answer that comes in parts when the
 * last of them was given.
 */
export const measured = (
  metrics: Metrics,
  { operation, label }: Prepared,
  run: () => Promise<Answer>,
): Promise<Answer> => {
  const type = operation.operation
  const labels = { type, operation: label }
  return tracer.startActiveSpan(
    type,
    { attributes: { 'graphql.operation.type': type, 'graphql.root.field': label } },
    async span => {
      const started = performance.now()
      const record = (outcome: 'ok' | 'error'): void => {
        if (outcome === 'error') span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
        metrics.count('mercato_gateway_operations_total', { ...labels, outcome })
        metrics.observe('mercato_gateway_operation_seconds', (performance.now() - started) / 1_000, labels)
      }
      try {
        const answer = await run()
        if (answer.kind === 'parts') void answer.finished.then(well => record(well ? 'ok' : 'error'))
        else record(answer.kind === 'result' && answer.result.errors ? 'error' : 'ok')
        return answer
      } catch (error) {
        record('error')
        throw error
      }
    },
  )
}
