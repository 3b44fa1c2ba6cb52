import type { Logger, Metrics } from '@mercato/shared-kernel/application'

/** A logger that keeps what it is told, for assertions. */
export interface RecordingLogger extends Logger {
  readonly lines: {
    readonly level: string
    readonly message: string
    readonly fields: Readonly<Record<string, unknown>>
  }[]
}

export const createRecordingLogger = (lines: RecordingLogger['lines'] = []): RecordingLogger => {
  const at =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      lines.push({ level, message, fields })
    }
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => createRecordingLogger(lines),
  }
}

/** Metrics that nobody reads. */
export const noMetrics: Metrics = { count: () => undefined, observe: () => undefined, gauge: () => undefined }
