import { existsSync } from 'node:fs'
import { launchMercato, type MercatoProcess, temporaryData } from '@mercato/embedded/testing-process'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const required = process.env['REQUIRE_CHROMIUM'] === '1' || process.env['CI'] === 'true'
const KEY = 'frontend-api-key-12345'

describe.skipIf(!existsSync(CHROMIUM) && !required)(
  'the pages that mailed links lead to (skipped without Chromium)',
  () => {
    const data = temporaryData()
    let mercato: MercatoProcess
    let browser: Browser

    beforeAll(async () => {
      mercato = await (await launchMercato(data.path)).ready
      browser = await chromium.launch({
        executablePath: CHROMIUM,
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
      await mercato?.[Symbol.asyncDispose]()
      await data[Symbol.asyncDispose]()
    })

    const register = async (name: string): Promise<string> => {
      const email = `${name}@example.com`
      const body = JSON.stringify({ email, username: name })
      await fetch(`${mercato.url}/api/v1/users`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': KEY },
        body,
      })
      await expect.poll(async () => (await mailsTo(email)).length, { timeout: 10_000 }).toBe(1)
      return (await mailsTo(email))[0] ?? ''
    }
    const mailsTo = async (email: string): Promise<string[]> => {
      const { mails } = (await (await fetch(`${mercato.url}/dev/mailbox`)).json()) as {
        mails: { to: string; text: string }[]
      }
      return mails.filter(({ to }) => to === email).map(({ text }) => /https?:\/\/\S+/.exec(text)?.[0] ?? '')
    }

    it('let a person choose a password, say what is wrong with one, and sign in afterwards', async () => {
      const link = await register('paula')
      expect(link.startsWith(mercato.url)).toBe(true)
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
      await page.goto(link)
      await page.fill('input[type=password]', 'short')
      await page.click('button')
      await page.waitForSelector('output.bad')
      await page.fill('input[type=password]', 'a long enough pass phrase')
      await page.click('button')
      await page.waitForFunction(() => document.querySelector('output')?.textContent?.includes('complete'))
      await page.screenshot({ path: '.cache/complete-registration.png' })
      expect(complaints).toEqual([])
      const signedIn = await fetch(`${mercato.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': KEY },
        body: JSON.stringify({ email: 'paula@example.com', password: 'a long enough pass phrase' }),
      })
      expect(signedIn.status).toBe(201)
    })

    it('say so when a link is incomplete or made up', async () => {
      const page = await browser.newPage()
      await page.goto(`${mercato.url}/verify-email`)
      await page.waitForSelector('output.bad')
      await page.goto(`${mercato.url}/reset-password#token=made-up`)
      await page.reload()
      await page.fill('input[type=password]', 'a long enough pass phrase')
      await page.click('button')
      await page.waitForSelector('output.bad')
    })
  },
)
