import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { register } from 'import-in-the-middle/register-hooks.mjs'
import { maskingExporter } from './masking-exporter.ts'

/** Asked every second by those who watch; nobody wants to see them. */
const QUIET = /^\/(?:health|metrics)\b/

/**
 * Starts tracing to the OTLP endpoint of the environment. Has to run before the application is imported: instrumentations change
 * modules as they are loaded, ES modules through a loader hook without which they silently do nothing.
 * Returns how to send what is left and stop.
 */
export const startTracing = (serviceName: string): (() => Promise<void>) => {
  register({ include: ['http', 'https', 'node:http', 'node:https', 'pg', 'pg-pool'] })
  const sdk = new NodeSDK({
    serviceName,
    spanProcessors: [new BatchSpanProcessor(maskingExporter(new OTLPTraceExporter()))],
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: request => QUIET.test(request.url ?? '') }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
    // Metrics and logs have their own ways; the SDK would push them to the endpoint, too.
    metricReaders: [],
    logRecordProcessors: [],
  })
  sdk.start()
  return () => sdk.shutdown()
}
