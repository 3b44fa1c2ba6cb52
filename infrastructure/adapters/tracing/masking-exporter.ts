import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { createMasking, type Masking } from '../logger/masking.ts'

const maskAttributes = (masking: Masking, attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'string') return [name, masking.text(value)]
      if (Array.isArray(value)) return [name, value.map(each => (typeof each === 'string' ? masking.text(each) : each))]
      return [name, value]
    }),
  )

/** The span with what it says about requests, queries and errors masked; the span itself stays as it is. */
const masked = (masking: Masking, span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    name: { value: masking.text(span.name) },
    attributes: { value: maskAttributes(masking, span.attributes) },
    status: {
      value: span.status.message ? { ...span.status, message: masking.text(span.status.message) } : span.status,
    },
    events: {
      value: span.events.map(event => ({
        ...event,
        ...(event.attributes ? { attributes: maskAttributes(masking, event.attributes) } : {}),
      })),
    },
    links: {
      value: span.links.map(link => ({
        ...link,
        ...(link.attributes ? { attributes: maskAttributes(masking, link.attributes) } : {}),
      })),
    },
  })

/** Masks secrets and personal data in the text of spans before they leave the process. */
export const maskingExporter = (exporter: SpanExporter): SpanExporter => {
  const masking = createMasking()
  return {
    export: (spans, done) =>
      exporter.export(
        spans.map(span => masked(masking, span)),
        done,
      ),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  }
}
