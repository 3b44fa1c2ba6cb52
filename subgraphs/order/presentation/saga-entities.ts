import { type SagaDoc, type SagaStanding, standingOf } from '#application/saga-view.ts'
import { nextDeadline, type Task } from '#domain/saga-state.ts'
import type {
  SagaConnectionResolvers,
  SagaResolvers,
  SagaTaskResolvers,
  SagaState as ShownState,
} from './generated/types.ts'

/** A request of a saga that waits for its answer, or was given up. */
export interface SagaTaskView extends Task {
  readonly gaveUp: boolean
}

const upper = (standing: SagaStanding): ShownState => standing.toUpperCase() as Uppercase<SagaStanding>

/** The standing meant by a filter. */
export const standingNamed = (state: ShownState | null | undefined): SagaStanding | undefined =>
  state == null ? undefined : (state.toLowerCase() as Lowercase<ShownState>)

const tasksOf = ({ state }: SagaDoc): readonly SagaTaskView[] => {
  if (!('tasks' in state)) return []
  const open = state.tasks.map(task => ({ ...task, gaveUp: false }))
  return [...open, ...(state.givenUp ?? []).map(task => ({ ...task, gaveUp: true }))]
}

export const Saga = {
  id: ({ orderId }) => orderId,
  order: async ({ orderId }, _args, context) => (await context.orderOf(orderId)) ?? null,
  state: doc => upper(standingOf(doc)),
  outcome: ({ state }) =>
    'outcome' in state ? (state.outcome.toUpperCase() as Uppercase<typeof state.outcome>) : null,
  reason: ({ state }) => ('reason' in state ? state.reason : null),
  deadline: ({ state }) => nextDeadline(state) ?? null,
  tasks: tasksOf,
  steps: ({ orderId }, page, context) => context.operatorQueries.steps(orderId, page, context),
} satisfies SagaResolvers

export const SagaTask = {
  name: ({ key }) => key,
  request: ({ request }) => request.type,
  attempts: ({ request }) => request.data.attempt,
  askedAgainAt: ({ dueAt, gaveUp }) => (gaveUp ? null : dueAt),
  giveUpAt: ({ giveUpAt }) => giveUpAt ?? null,
} satisfies SagaTaskResolvers

export const SagaConnection = {
  edges: ({ items }) => items.map(({ cursor, doc }) => ({ cursor, node: doc })),
  pageInfo: ({ items, more, cut, backwards }) => ({
    hasNextPage: backwards ? cut : more,
    hasPreviousPage: backwards ? more : cut,
    startCursor: items.at(0)?.cursor ?? null,
    endCursor: items.at(-1)?.cursor ?? null,
  }),
  totalCount: (page, _args, { operatorQueries }) => operatorQueries.countSagas(page),
} satisfies SagaConnectionResolvers
