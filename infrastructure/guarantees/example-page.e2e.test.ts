import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { examplePages } from '@mercato/gateway/example-page'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFrontDoor } from './testing-front-door.ts'
import { PASSWORD, type Person, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'

const program = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  path => path !== undefined && existsSync(path),
)
const required = process.env['REQUIRE_CHROMIUM'] === '1' || process.env['CI'] === 'true'
const skipped = program === undefined && !required
const reason = skipped ? ' — skipped: no Chromium here (apt-get install chromium, or set CHROMIUM_PATH)' : ''
const PATIENCE = { timeout: 30_000 }

describe.skipIf(skipped)(`the example page in a real browser${reason}`, () => {
  let system: System
  let merchandiser: Person
  let browser: Browser
  beforeAll(async () => {
    if (!program)
      throw new Error('Chromium is required here but not installed: apt-get install chromium, or set CHROMIUM_PATH')
    system = await openSystem()
    merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
    await person(system, 'customer')
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ]
    browser = await chromium.launch({ executablePath: program, args })
  })
  afterAll(async () => {
    await browser?.close()
    await system?.[Symbol.asyncDispose]()
  })

  const listed = async (page: Page, list: string): Promise<string[]> =>
    (await page.locator(`${list} li`).allTextContents()).reverse()

  const shoot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS']
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }

  it.each(['websocket', 'sse'])('misses and repeats nothing over %s while the gateway restarts', async over => {
    const sku = `PAGE-${over.toUpperCase()}`
    await stocked(merchandiser, sku, 0)
    const receive = async (times: number) => {
      for (let i = 0; i < times; i++) await merchandiser.tell('receiveStock', { sku, quantity: 1 }, '')
    }
    await using door = await openFrontDoor(system, { gateway: { development: true, pages: examplePages('a key') } })
    const page = await browser.newPage({ viewport: { width: 1400, height: 800 } })
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    await page.goto(`${door.url}/examples/live?over=${over}`)
    const live = () => expect.poll(() => page.locator('#stock-state').textContent(), PATIENCE).toBe('live')
    await live()
    await page.getByLabel('E-mail').fill('customer@example.com')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()

    await expect
      .poll(async () => {
        await receive(1)
        return (await listed(page, '#stock')).length
      }, PATIENCE)
      .toBeGreaterThan(0)
    await receive(10)
    const closing = door.close()
    await receive(10)
    await closing
    await receive(10)
    await shoot(page, `example-${over}-while-the-gateway-is-away`)
    await door.open()
    await receive(10)
    await live()
    const pieces = (line: string | undefined) => Number(line?.split(': ')[1])
    const received = await onHandOf(sku)
    await expect.poll(async () => pieces((await listed(page, '#stock')).at(-1)), PATIENCE).toBe(received)
    // A page that is loaded anew goes on behind the last event it has shown.
    const before = await listed(page, '#stock')
    await page.reload()
    await receive(5)
    await live()

    await page.locator(`[data-sku="${sku}"]`).getByRole('button').click()
    await expect.poll(() => listed(page, '#orders'), PATIENCE).toContainEqual(expect.stringMatching(/: CONFIRMED$/))
    const all = async () => [...before, ...(await listed(page, '#stock'))].map(pieces)
    await expect.poll(async () => (await all()).at(-1), PATIENCE).toBe(received + 4)
    // Up by one with every delivery; what was ordered is the last step, down.
    const seen = await all()
    const [first = 0] = seen
    expect(seen).toEqual([...Array.from({ length: received + 6 - first }, (_, i) => first + i), received + 4])
    expect(await page.locator('#notice').textContent()).toBe('')
    expect(complaints).toEqual([])
    await shoot(page, `example-${over}`)
    await page.close()
  })

  const onHandOf = async (sku: string): Promise<number> => {
    const { data } = await merchandiser.send('query ($sku: String!) { product(sku: $sku) { stock { onHand } } }', {
      sku,
    })
    return data.product.stock.onHand
  }
})
