import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLError } from 'graphql'
import type { SubgraphFetcher, SubgraphResult } from '../supergraph.ts'
import { copy, type Data, isData, mergeData, type Vague } from './data.ts'
import { type ErrorPath, failed, isInTrouble, reported, type SubgraphError } from './failures.ts'
import {
  askers,
  type Gathering,
  gather,
  gatherInContext,
  NO_CONTEXT,
  portions,
  type Target,
  type Wanted,
} from './gathering.ts'
import { entitiesAt, placesAt } from './places.ts'
import type { Step, Steps } from './program.ts'
import { aliasOf, variableOf } from './requests.ts'

export interface Given {
  readonly node: FetchNode
  readonly result: SubgraphResult
}

const give = (received: Data, targets: readonly Target[], shared: boolean, vague: Vague): void => {
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]
    if (!target) continue
    const { entity, destination } = target
    const own = i === 0 || shared ? received : (copy(received) as Data)
    if (destination.rewriteOutput && (i === 0 || own !== received)) {
      own['__typename'] ||= entity['__typename']
      destination.rewriteOutput(own)
    }
    mergeData(entity, own, vague)
  }
}

/** A plan under way. What comes is merged into `data` as it comes. */
export interface Running {
  readonly data: Data
  /** The errors of each part, once all of it is there. */
  readonly parts: readonly Promise<readonly GraphQLError[]>[]
}

/** Runs the steps of a plan, each as soon as those before it are done. Nothing rejects: what fails becomes an error of the answer. */
export const runSteps = (
  { steps, destinations, parts, vague }: Steps,
  variables: Readonly<Record<string, unknown>>,
  fetch: SubgraphFetcher,
  given: Given | undefined,
): Running => {
  const root: Data = {}
  const found: GraphQLError[][] = parts.map(() => [])
  const errorsOf = ({ part }: Step): GraphQLError[] => found[part] ?? []

  const variablesOf = ({ variables: names }: Step): string => {
    let text = ''
    for (const name of names) {
      const value = Object.hasOwn(variables, name) ? JSON.stringify(variables[name]) : undefined
      if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${value}`
    }
    return text
  }

  const report = (step: Step, wanted: Wanted, error: SubgraphError): void => {
    const { subgraph } = step
    const errors = errorsOf(step)
    const [, index, ...rest] = error.path ?? []
    const targets = typeof index === 'number' ? wanted.targets[index] : undefined
    if (!error.path || (typeof index === 'number' && !targets)) {
      for (const _ of askers(wanted)) errors.push(reported(subgraph, error, undefined))
      return
    }
    if (!targets) {
      for (const { path } of wanted.ask.destinations) errors.push(reported(subgraph, error, [...path, ...error.path]))
      return
    }
    for (const { entity, destination } of targets) {
      const places: readonly ErrorPath[] = placesAt(root, destination.path).get(entity) ?? []
      for (const place of places) errors.push(reported(subgraph, error, [...place, ...rest]))
    }
  }

  const receive = (step: Step, wanted: Wanted, list: unknown, reports: readonly SubgraphError[]): void => {
    for (const error of reports) report(step, wanted, error)
    if (!Array.isArray(list) || list.length !== wanted.texts.length) {
      if (reports.length === 0)
        errorsOf(step).push(
          failed(new Error(`the ${step.subgraph} service did not answer with the entities it was asked for`)),
        )
      return
    }
    for (let i = 0; i < list.length; i++) {
      const received: unknown = list[i]
      const targets = wanted.targets[i]
      if (targets && isData(received)) give(received, targets, wanted.ask.shared, vague)
    }
  }

  const ask = (step: Step, wanted: readonly Wanted[]): Promise<void> => {
    const [first] = wanted
    const { head, tail } = step.frame(wanted.map(({ position }) => position))
    let text = head + variablesOf(step)
    const alone = wanted.length === 1
    for (let i = 0; i < wanted.length; i++) {
      if (!text.endsWith('{')) text += ','
      text += `"${alone ? 'representations' : variableOf(i)}":[${wanted[i]?.texts.join(',')}]`
      const context = wanted[i]?.context ?? NO_CONTEXT
      if (context === NO_CONTEXT) continue
      for (const name in context) text += `,"${alone ? name : variableOf(i, name)}":${context[name]}`
    }
    return fetch(step.subgraph, { kind: step.kind, body: text + tail }).then(result => {
      const { data, errors: all = [] } = result
      if (alone && first) return receive(step, first, data?.['_entities'], all)
      const usable = wanted.every((_, i) => Array.isArray(data?.[aliasOf(i)]))
      if (!usable && !isInTrouble(result)) return Promise.all(wanted.map(one => ask(step, [one]))).then(() => undefined)
      wanted.forEach((one, i) => {
        const alias = aliasOf(i)
        const own = all.filter(({ path }) => path?.[0] === alias || !wanted.some((_, at) => path?.[0] === aliasOf(at)))
        receive(step, one, data?.[alias], own)
      })
      return undefined
    })
  }

  const askEntities = (step: Step, { wanted }: Gathering): Promise<unknown> | undefined => {
    if (wanted.length === 0) return undefined
    const [first] = wanted
    if (
      first &&
      first.context !== NO_CONTEXT &&
      Object.keys(first.context).some(name => Object.hasOwn(variables, name))
    )
      throw new Error('a variable cannot be called as contextual arguments are')
    if (step.variables.includes('representations')) throw new Error('a variable cannot be called representations')
    const requests = portions(wanted.sort((a, b) => a.position - b.position))
    const [only] = requests
    return requests.length === 1 && only ? ask(step, only) : Promise.all(requests.map(one => ask(step, one)))
  }

  const askRoot = (step: Step): Promise<void> | undefined => {
    const all = step.asks.flatMap(one => one.destinations)
    const entities = all.flatMap(({ path }) => entitiesAt(root, path))
    const [destination] = all
    if (!destination || entities.length === 0) return undefined
    const receiveRoot = ({ data, errors = [] }: SubgraphResult): void => {
      for (const error of errors)
        errorsOf(step).push(reported(step.subgraph, error, error.path && [...destination.path, ...error.path]))
      if (!isData(data)) return
      destination.rewriteOutput?.(data)
      entities.forEach((entity, i) => {
        mergeData(entity, i === 0 ? data : (copy(data) as Data), vague)
      })
    }
    if (given && destination.node === given.node) {
      receiveRoot(given.result)
      return undefined
    }
    const { head, tail } = step.frame([0])
    return fetch(step.subgraph, { kind: step.kind, body: head + variablesOf(step) + tail }).then(receiveRoot)
  }

  const over: (() => void)[] = []
  const left = [...parts]
  const running = parts.map(
    (count, part) =>
      new Promise<readonly GraphQLError[]>(resolve => {
        const end = (): void => resolve(found[part] ?? [])
        if (count === 0) end()
        over.push(end)
      }),
  )
  const waits = destinations.map(destination => destination.waits)
  const gathering: Gathering[] = steps.map(({ asks }) => ({
    missing: asks.reduce((sum, one) => sum + one.destinations.length, 0),
    wanted: [],
    inContext: undefined,
  }))
  const finish = (step: Step): void => {
    for (const index of step.next) {
      const missing = (waits[index] ?? 0) - 1
      waits[index] = missing
      if (missing === 0) ready(index)
    }
    const more = (left[step.part] ?? 0) - 1
    left[step.part] = more
    if (more === 0) over[step.part]?.()
  }
  /** What a fetch wants is settled as soon as it could be sent, even if it is sent later, together with others. */
  const ready = (index: number): void => {
    const destination = destinations[index]
    const step = steps[destination?.step ?? 0]
    const gathered = gathering[destination?.step ?? 0]
    const asked = step?.asks[destination?.ask ?? 0]
    if (!destination || !step || !gathered || !asked) return
    if (destination.contexts) gatherInContext(gathered, asked, destination, root)
    else if (step.entities) gather(gathered, asked, destination, root)
    if (--gathered.missing === 0) begin(step, gathered)
  }
  const begin = (step: Step, gathered: Gathering): void => {
    let asked: Promise<unknown> | undefined
    try {
      asked = step.entities ? askEntities(step, gathered) : askRoot(step)
    } catch (error) {
      asked = Promise.reject(error)
    }
    if (asked)
      asked.then(
        () => finish(step),
        (error: unknown) => {
          errorsOf(step).push(failed(error))
          finish(step)
        },
      )
    else finish(step)
  }
  destinations.forEach(({ waits: count }, index) => {
    if (count === 0) ready(index)
  })
  return { data: root, parts: running }
}
