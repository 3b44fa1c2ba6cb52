/** The user context as a process of its own. */
import { runContext } from '@mercato/adapters/hosting/run-context'
import { checkSettings, openContext } from './hosted.ts'

runContext({
  name: 'user',
  openContext,
  checkSettings,
  supergraph: new URL('../../schema/supergraph.graphql', import.meta.url),
})
