import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium as driver } from 'playwright-core'

const program = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(path => path !== undefined && existsSync(path))
const required = process.env['REQUIRE_CHROMIUM'] === '1' || process.env['CI'] === 'true'

/** Whether there is a browser; where one is required, its lack fails the test instead of skipping it. */
export const chromium = {
  found: program !== undefined || required,
  reason:
    program !== undefined || required
      ? ''
      : ' — skipped: no Chromium here (apt-get install chromium, or set CHROMIUM_PATH)',
}

/** Where the photographs go. */
const PICTURE = fileURLToPath(new URL('../../../.cache/graphiql-live.png', import.meta.url))

/** A fresh visit of a GraphiQL page in a real browser. */
export const visitGraphiql = async (url: string) => {
  if (program === undefined) throw new Error('Chromium is required here but not installed.')
  const browser = await driver.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 } })
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(url)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  const text = async (selector: string): Promise<string> =>
    (await page.locator(`${selector} .view-line`).allInnerTexts()).join('\n').replaceAll('\u00a0', ' ')

  return {
    /** Errors of the page itself. */
    complaints,
    /** Opens the tab with this title and runs it. */
    async run(title: string): Promise<void> {
      await page.locator('.graphiql-tab-button', { hasText: title }).click()
      await page
        .locator('.graphiql-query-editor .view-line', { hasText: ` ${title}` })
        .first()
        .waitFor()
      await page.locator('.graphiql-execute-button').click()
    },
    /** What the page shows as the answer. */
    answer: (): Promise<string> => text('.result-window'),
    async photograph(): Promise<void> {
      mkdirSync(fileURLToPath(new URL('.', new URL(`file://${PICTURE}`))), { recursive: true })
      await page.screenshot({ path: PICTURE })
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
