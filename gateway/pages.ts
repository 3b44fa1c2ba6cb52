import { accountPages } from './account-pages.ts'
import { renderGraphiqlPage } from './graphiql.ts'
import { graphiqlShelves, graphiqlTabs } from './graphiql-tabs.ts'

/** GraphiQL with the key and the tabs of schema/operations; the same text every time, so browsers keep it. */
const graphiqlPage = (apiKey: string): (() => Response) => {
  const page = renderGraphiqlPage({ endpoint: '/graphql', apiKey, tabs: graphiqlTabs(), shelves: graphiqlShelves() })
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=300' }
  return () => new Response(page, { headers })
}

/** Pages for browsers, by path. `apiKey` is that of a browser application: it is public by nature. */
export const browserPages = (apiKey: string): Readonly<Record<string, () => Response>> => ({
  '/graphiql': graphiqlPage(apiKey),
  ...accountPages(apiKey),
})
