/** The order context as a process of its own. */
import { runContext } from '@mercato/adapters/hosting/run-context'
import { checkSettings, openContext } from './hosted.ts'

runContext({
  name: 'order',
  openContext,
  checkSettings,
  supergraph: new URL('../../schema/supergraph.graphql', import.meta.url),
})
