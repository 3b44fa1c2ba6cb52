import type { ViewStore } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'
import { createMemoryView, type MemoryView } from './memory-view.ts'

/** Views in this process only, to be rebuilt from the log at start. */
export const createMemoryViewStore = (): ViewStore => {
  const gate = openGate('ViewStore')
  const views = new Map<string, MemoryView>()

  const applyAll: ViewStore['applyAll'] = async batch => {
    gate.check()
    const view = views.get(batch.view) ?? createMemoryView()
    views.set(batch.view, view)
    return view.apply(batch)
  }

  return {
    async apply({ view, streamId, revision, writes }) {
      return applyAll({ view, streams: [{ streamId, from: revision, to: revision }], writes })
    },

    applyAll,

    async getMany(view, keys) {
      gate.check()
      return keys.map(key => views.get(view)?.get(key))
    },

    async list(view, range) {
      gate.check()
      return (views.get(view) ?? createMemoryView()).list(range)
    },

    async count(view, index, prefix = '') {
      gate.check()
      return views.get(view)?.count(index, prefix) ?? 0
    },

    async appliedRevision(view, streamId) {
      gate.check()
      return views.get(view)?.appliedRevision(streamId) ?? -1
    },

    async appliedRevisions(view, streamIds) {
      gate.check()
      return streamIds.map(streamId => views.get(view)?.appliedRevision(streamId) ?? -1)
    },

    async scan(view, limit, after) {
      gate.check()
      return views.get(view)?.scan(limit, after) ?? { documents: [] }
    },

    async drop(view) {
      gate.check()
      views.delete(view)
    },

    async [Symbol.asyncDispose]() {
      gate.close()
      views.clear()
    },
  }
}
