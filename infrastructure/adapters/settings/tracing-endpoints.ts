import * as kind from './kinds.ts'

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']

/** What is wrong with where traces are sent: the exporter would lose them without a word. */
export const tracingProblems = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  ENDPOINTS.filter(name => env[name] && !kind.httpAddress().safeParse(env[name]).success).map(
    name => `${name} must be an http(s) address`,
  )
