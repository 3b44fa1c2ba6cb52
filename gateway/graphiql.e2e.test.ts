import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLiveGraph } from './plain/testing/live-graph.ts'
import { openPlainGateway } from './plain/testing/open-plain-gateway.ts'
import { KEY, startGraphiql } from './testing/graphiql-server.ts'

const program = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(path => path !== undefined && existsSync(path))
const required = process.env['REQUIRE_CHROMIUM'] === '1' || process.env['CI'] === 'true'
const skipped = program === undefined && !required
const reason = skipped ? ' — skipped: no Chromium here (apt-get install chromium, or set CHROMIUM_PATH)' : ''

describe.skipIf(skipped)(`GraphiQL in a real browser${reason}`, () => {
  let server: Awaited<ReturnType<typeof startGraphiql>>
  let browser: Browser

  beforeAll(async () => {
    if (!program)
      throw new Error('Chromium is required here but not installed: apt-get install chromium, or set CHROMIUM_PATH')
    server = await startGraphiql()
    browser = await chromium.launch({
      executablePath: program,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  /** A fresh visit: what the page asked for, and what it complained about. */
  async function visit(url = `${server.url}/graphiql`) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 860 } })
    const page = await context.newPage()
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', request => asked.push(request.url()))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(url)
    await page.locator('.graphiql-query-editor .view-line').first().waitFor()
    return { page, asked, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  const text = async (page: Page, selector: string): Promise<string> =>
    (await page.locator(`${selector} .view-line`).allInnerTexts()).join('\n').replaceAll('\u00a0', ' ')

  async function openTab(page: Page, title: string): Promise<void> {
    await page.locator('.graphiql-tab-button', { hasText: title }).click()
    await expect.poll(() => text(page, '.graphiql-query-editor'), { timeout: 5_000 }).toContain(` ${title}`)
  }

  const run = (page: Page) => page.locator('.graphiql-execute-button').click()
  const answer = (page: Page) => expect.poll(() => text(page, '.result-window'), { timeout: 15_000 })

  it('opens with the given tabs and the key filled in, asking no other host for anything', async () => {
    await using visited = await visit()
    const { page, asked, complaints } = visited
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual([
      'Greet',
      'WhoAmI',
      'SignIn',
      'Count',
      'Again',
      'Other',
    ])
    expect(await text(page, '.graphiql-query-editor')).toContain('# Greet')
    await page.getByRole('button', { name: 'Headers' }).click()
    await expect.poll(() => text(page, '.graphiql-editor-tool')).toContain(`"X-API-Key": "${KEY}"`)
    expect(
      asked.filter(url => !url.startsWith(server.url) && !url.startsWith('blob:') && !url.startsWith('data:')),
    ).toEqual([])
    expect(complaints).toEqual([])
  })

  it('knows the schema', async () => {
    await using visited = await visit()
    await visited.page.getByRole('button', { name: /documentation explorer/i }).click()
    await visited.page.getByText('SignInPayload').or(visited.page.getByText('Mutation')).first().waitFor()
  })

  it('runs a query, and keeps what is written out of the address', async () => {
    await using visited = await visit()
    await run(visited.page)
    await answer(visited.page).toContain('"greet": "Hello Ada"')
    expect(new URL(visited.page.url()).search).toBe('')
  })

  it('runs what follows a sign-in as that person, until told to forget', async () => {
    await using visited = await visit()
    const { page } = visited
    await openTab(page, 'SignIn')
    await run(page)
    await answer(page).toContain('token-of-customer@mercato.local')
    await page.getByText('Signed in').waitFor()

    await openTab(page, 'WhoAmI')
    await run(page)
    await answer(page).toContain('"whoAmI": "Bearer token-of-customer@mercato.local"')

    await openTab(page, 'Other')
    await run(page)
    await answer(page).toContain('"whoAmI": "Bearer other"')

    await page.getByRole('button', { name: 'Forget it' }).click()
    await openTab(page, 'WhoAmI')
    await run(page)
    await answer(page).toContain('"whoAmI": "nobody"')
  })

  it('runs a subscription over a WebSocket with the key in its address and the token in its first message', async () => {
    await using visited = await visit()
    const { page } = visited
    await openTab(page, 'SignIn')
    await run(page)
    await answer(page).toContain('token-of-customer@mercato.local')
    server.upgrades.length = 0
    await openTab(page, 'Count')
    await run(page)
    await answer(page).toMatch(/"number": 3,\s+"who": "Bearer token-of-customer@mercato.local"/)
    expect(server.upgrades).toEqual([
      { url: `/graphql?X-API-Key=${KEY}`, connection: { Authorization: 'Bearer token-of-customer@mercato.local' } },
    ])
    mkdirSync(join(import.meta.dirname, '../.cache'), { recursive: true })
    await page.screenshot({ path: join(import.meta.dirname, '../.cache/graphiql.png') })
  })

  it('fills variables in from earlier answers, and says what is missing', async () => {
    await using visited = await visit()
    const { page } = visited
    await openTab(page, 'Again')
    await run(page)
    await answer(page).toContain('No answer held count.number so far')
    await openTab(page, 'Count')
    await run(page)
    await answer(page).toContain('"number": 3')
    await openTab(page, 'Again')
    await run(page)
    await answer(page).toContain('"greet": "Hello number 3 nobody"')
  })

  it('opens any other operation in a tab of its own, and keeps those that are there', async () => {
    await using visited = await visit()
    const { page } = visited
    // GraphiQL keeps its tabs a moment after it shows them.
    const kept = () => page.evaluate(() => localStorage.getItem('graphiql:tabState'))
    await expect.poll(kept).toContain('Other')
    await page.getByLabel('All operations').selectOption('Farewell')
    await expect.poll(() => text(page, '.graphiql-query-editor'), { timeout: 10_000 }).toContain('Farewell')
    const tabs = () => page.locator('.graphiql-tab-button').allInnerTexts()
    await expect.poll(tabs).toEqual(['Greet', 'WhoAmI', 'SignIn', 'Count', 'Again', 'Other', 'Farewell'])
    await run(page)
    await answer(page).toContain('"greet": "Hello and goodbye"')
  })

  it('shows why a subscription ended badly', async () => {
    await using visited = await visit()
    const { page } = visited
    await openTab(page, 'Count')
    await page.evaluate(() =>
      Object.assign(window, {
        WebSocket: class extends WebSocket {
          constructor(url: string, protocol: string) {
            super(url.replace('X-API-Key', 'nothing'), protocol)
          }
        },
      }),
    )
    await run(page)
    await answer(page).toContain('The WebSocket could not be opened')
  })

  it('shows what is deferred as it comes', async () => {
    await using graph = await openLiveGraph()
    await using gateway = await openPlainGateway({ supergraph: graph.supergraph, timeoutMs: 30_000 })
    await using visited = await visit(new URL('/graphiql', gateway.url).href)
    const { page, complaints } = visited
    await page.evaluate(
      query => localStorage.setItem('graphiql:query', query),
      'query InParts { now ... @defer { slow } }',
    )
    await page.evaluate(() => localStorage.removeItem('graphiql:tabState'))
    await page.reload()
    await expect.poll(() => text(page, '.graphiql-query-editor')).toContain('InParts')
    await run(page)
    await answer(page).toContain('"now": 7')
    expect(await text(page, '.result-window')).not.toContain('slow')
    graph.release()
    await answer(page).toMatch(/"now": 7,\s+"slow": 1/)
    expect(complaints).toEqual([])
  })

  it('keeps a visitor’s tabs over a reload', async () => {
    await using visited = await visit()
    const { page } = visited
    await openTab(page, 'Other')
    await expect
      .poll(() => page.evaluate(() => JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}').activeTabIndex))
      .toBe(5)
    await page.reload()
    await page.locator('.graphiql-query-editor .view-line').first().waitFor()
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual([
      'Greet',
      'WhoAmI',
      'SignIn',
      'Count',
      'Again',
      'Other',
    ])
  })
})
