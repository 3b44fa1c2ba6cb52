import {
  type ContextPorts,
  createViewReader,
  type EventCodec,
  type HistoryPage,
  type ListPage,
  OPERATIONS_SCOPE,
  type Projector,
  type RequestContext,
  readHistory,
  requireScope,
} from '@mercato/shared-kernel/application'
import { isUuid } from '#domain/text.ts'
import type { Aggregates } from './aggregates.ts'
import { type PageArguments, pageSize } from './connection.ts'
import type { OrderContextEvent } from './context-events.ts'
import { ALL_SAGAS, type SagaDoc, type SagaStanding, sagasIn, sagasView } from './saga-view.ts'

export interface SagaPage extends ListPage<SagaDoc> {
  readonly standing: SagaStanding | undefined
  readonly backwards: boolean
  /** Whether a cursor cuts off a part of the list on the near side. */
  readonly cut: boolean
}

/** What operators may look at; Fault FORBIDDEN without the scope `operations:admin`. */
export interface OperatorQueries {
  /** Newest first. */
  sagas(standing: SagaStanding | undefined, page: PageArguments, request: RequestContext): Promise<SagaPage>
  countSagas(page: SagaPage): Promise<number>
  saga(orderId: string, request: RequestContext): Promise<SagaDoc | undefined>
  /** The saga as a revision left it. */
  sagaAt(orderId: string, revision: number): Promise<SagaDoc | undefined>
  /** What the saga was told and what it asked for, oldest first. */
  steps(orderId: string, page: PageArguments, request: RequestContext): Promise<HistoryPage>
}

export const createOperatorQueries = (options: {
  readonly aggregates: Aggregates
  readonly projector: Projector
  readonly codec: EventCodec<OrderContextEvent>
  readonly ports: Pick<ContextPorts, 'store' | 'views'>
}): OperatorQueries => {
  const { aggregates, projector, codec, ports } = options
  const { sagas } = aggregates

  const sagaAt: OperatorQueries['sagaAt'] = async (orderId, revision) => {
    let doc: SagaDoc | undefined
    for (const recorded of await ports.store.readStream(sagas.streamId(orderId), { to: revision }))
      doc = sagasView.evolve(doc, await codec.decode(recorded), orderId)
    return doc
  }
  const reader = createViewReader<OrderContextEvent, SagaDoc>({ view: sagasView, store: ports.views, projector })

  return {
    async sagas(standing, page, { viewer, consistency }) {
      requireScope(viewer, OPERATIONS_SCOPE)
      const { limit, backwards } = pageSize(page)
      const { after, before } = page
      const index = standing === undefined ? ALL_SAGAS : sagasIn(standing)
      const cursors = { ...(after ? { after } : {}), ...(before ? { before } : {}) }
      const found = await reader.list({ index, limit, descending: true, fromEnd: backwards, ...cursors }, consistency)
      return { ...found, standing, backwards, cut: Boolean(backwards ? before : after) }
    },
    countSagas: ({ standing }) => reader.count(standing === undefined ? ALL_SAGAS : sagasIn(standing)),
    async saga(orderId, { viewer }) {
      requireScope(viewer, OPERATIONS_SCOPE)
      return isUuid(orderId) ? sagaAt(orderId, Number.MAX_SAFE_INTEGER) : undefined
    },
    sagaAt,
    async steps(orderId, page, { viewer }) {
      return readHistory(ports.store, await sagas.load(orderId), page, viewer, OPERATIONS_SCOPE)
    },
  }
}
