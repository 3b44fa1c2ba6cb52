/** The payment context as a process of its own. */
import { runContext } from '@mercato/adapters/hosting/run-context'
import { openContext } from './hosted.ts'

runContext({ name: 'payment', openContext, supergraph: new URL('../../schema/supergraph.graphql', import.meta.url) })
