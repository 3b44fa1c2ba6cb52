import { spawnSync } from 'node:child_process'
import { findProgram } from './programs.ts'

/** The oldest that fetches the toolchain which a go.mod asks for. */
const OLDEST = { major: 1, minor: 21 } as const

/** A Go on PATH that can build what this repository pins. */
export const usableGo = (): string | undefined => {
  const go = findProgram('go')
  if (go === undefined) return undefined
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(spawnSync(go, ['version'], { encoding: 'utf8' }).stdout) ?? []
  return Number(major) > OLDEST.major || Number(minor) >= OLDEST.minor ? go : undefined
}
