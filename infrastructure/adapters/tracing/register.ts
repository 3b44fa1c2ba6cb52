/**
 * Turns tracing on for a process: `node --import <this file> main.ts`.
 * Without OTEL_EXPORTER_OTLP_ENDPOINT (or its variant for traces) nothing is loaded, so that the start stays quick.
 */
import { onTracingShutdown } from './shutdown.ts'

const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED, OTEL_SERVICE_NAME } =
  process.env

if ((OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) && OTEL_SDK_DISABLED !== 'true') {
  const { startTracing } = await import('./sdk.ts')
  onTracingShutdown(startTracing(OTEL_SERVICE_NAME || 'mercato'))
}
