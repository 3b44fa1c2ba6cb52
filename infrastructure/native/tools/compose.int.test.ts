import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contextNames } from '@mercato/embedded/contexts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeEnvironment } from '../setup/compose-environment.ts'
import { describeAdapter } from '../testing.ts'
import { findComposeParser } from './compose-parser.ts'

const docker = fileURLToPath(new URL('../../docker', import.meta.url))
const FILE = 'docker-compose.microservices.yml'

interface Service {
  readonly image?: string
  readonly build?: { readonly dockerfile: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] }
  readonly ports?: readonly { readonly published: string; readonly target: number; readonly host_ip?: string }[]
  readonly volumes?: readonly { readonly type: string; readonly source: string }[]
}

await describeAdapter('compose-parser', () => {
  describe('the compose file', () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'mercato-compose-'))
      mkdirSync(join(folder, 'infrastructure', 'docker'), { recursive: true })
      cpSync(join(docker, FILE), join(folder, 'infrastructure', 'docker', FILE))
      writeFileSync(join(folder, 'infrastructure', 'docker', '.env'), composeEnvironment())
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    const parse = (file = join(folder, 'infrastructure', 'docker', FILE)) => {
      const found = findComposeParser()
      if ('missing' in found) throw new Error(found.missing)
      return spawnSync(found.parser, [file], { cwd: folder, encoding: 'utf8' })
    }
    const services = (): Readonly<Record<string, Service>> => {
      const { status, stdout, stderr } = parse()
      expect(stderr).toBe('')
      expect(status).toBe(0)
      return JSON.parse(stdout).services
    }
    const published = ({ ports = [] }: Service): string[] => ports.map(port => port.published)

    it('publishes what a newcomer opens where the brief says', () => {
      const all = services()
      const ports = Object.fromEntries(Object.entries(all).map(([name, service]) => [name, published(service)]))
      expect(ports).toMatchObject({
        kong: ['8000', '8001'],
        'kafka-ui': ['8080'],
        kuma: ['5685'],
        prometheus: ['9090'],
        grafana: ['3001'],
        jaeger: ['16686'],
        consul: ['8500'],
        eventstore: ['2113'],
      })
    })

    it('opens nothing but the edge to other machines', () => {
      for (const [name, { ports = [] }] of Object.entries(services()))
        for (const { published: port, host_ip } of ports)
          if (!(name === 'kong' && port === '8000')) expect([name, port, host_ip]).toEqual([name, port, '127.0.0.1'])
    })

    it('runs every context and a gateway from one image, each with a health check that asks whether it is ready', () => {
      const all = services()
      for (const name of [...contextNames(), 'gateway']) {
        const main = name === 'gateway' ? 'gateway/main.ts' : `subgraphs/${name}/main.ts`
        expect(all[name]?.command).toEqual(['node', main])
        expect(existsSync(join(docker, '../..', main))).toBe(true)
        expect(all[name]?.image).toBe('mercato:local')
        expect(all[name]?.healthcheck?.test?.join(' ')).toContain('/health/ready')
      }
    })

    it('pins every image, and has a health check wherever the image can run one', () => {
      for (const [name, { image, healthcheck, build }] of Object.entries(services())) {
        if (!build) expect(image).toMatch(/^[\w./-]+:v?\d+(\.\d+)+(-[\w.]+)?$/)
        if (name !== 'kuma')
          expect([name, healthcheck?.disable ?? false, healthcheck?.test?.length]).toEqual([
            name,
            false,
            expect.any(Number),
          ])
      }
    })

    it('mounts only what is in the repository', () => {
      for (const { volumes = [] } of Object.values(services()))
        for (const { type, source } of volumes)
          if (type === 'bind') {
            const inside = source.replace(folder, join(docker, '../..'))
            expect([inside, existsSync(inside)]).toEqual([inside, true])
          }
    })

    it('asks for secrets: without them it says which script makes them', () => {
      const bare = join(folder, 'bare.yml')
      cpSync(join(docker, FILE), bare)
      expect(parse(bare).stderr).toContain('run scripts/setup-microservices.sh')
    })

    it('is really read: a key that compose does not know is refused', () => {
      const broken = join(folder, 'infrastructure', 'docker', 'broken.yml')
      writeFileSync(broken, readFileSync(join(docker, FILE), 'utf8').replace('    healthcheck:', '    healthchek:'))
      expect(parse(broken).stderr).toContain('healthchek')
    })
  })
})
