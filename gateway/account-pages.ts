import { createHash } from 'node:crypto'
import { readOperation } from '@mercato/schema/stored-operations'

/** A page that a mailed link leads to: what it says, and the stored operation it runs with the link's token. */
interface AccountPage {
  readonly path: string
  readonly operation: string
  readonly title: string
  /** Label of the button. */
  readonly action: string
  readonly asksPassword: boolean
  readonly done: string
}

const PAGES: readonly AccountPage[] = [
  {
    path: '/verify-email',
    operation: 'user/verify-email',
    title: 'Confirm your e-mail address',
    action: 'Confirm',
    asksPassword: false,
    done: 'Your address is confirmed. You can sign in now.',
  },
  {
    path: '/complete-registration',
    operation: 'user/complete-registration',
    title: 'Choose a password',
    action: 'Complete the registration',
    asksPassword: true,
    done: 'Your account is complete. You can sign in now.',
  },
  {
    path: '/change-email',
    operation: 'user/confirm-email-change',
    title: 'Confirm your new e-mail address',
    action: 'Confirm',
    asksPassword: false,
    done: 'This is your address from now on.',
  },
  {
    path: '/reset-password',
    operation: 'user/reset-password',
    title: 'Choose a new password',
    action: 'Set the password',
    asksPassword: true,
    done: 'Your password is changed. You can sign in now.',
  },
]

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0;background:#fafafa;color:#222}
form{background:#fff;border:1px solid #ddd;border-radius:8px;padding:1.5rem 2rem;width:min(24rem,86vw)}
h1{font-size:1.3rem;margin:0 0 1rem}label{display:block;margin-bottom:1rem}
input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;margin-top:.25rem;border:1px solid #bbb;border-radius:4px}
button{font:inherit;padding:.5rem 1rem;border:0;border-radius:4px;background:#1b5e8c;color:#fff;cursor:pointer}
output{display:block;margin-top:1rem}output.bad{color:#a11}`

/** Runs in the browser; the token stands after `#`, so it never reaches a server as part of an address. */
const SCRIPT = `
const settings = JSON.parse(document.getElementById('settings').textContent)
const form = document.querySelector('form'), output = document.querySelector('output')
const say = (text, bad) => { output.textContent = text; output.className = bad ? 'bad' : '' }
const token = new URLSearchParams(location.hash.slice(1)).get('token')
if (!token) say('This link is incomplete. Open it from the mail again.', true)
form.addEventListener('submit', async event => {
  event.preventDefault()
  if (!token) return
  const button = form.querySelector('button')
  button.disabled = true
  try {
    const password = form.elements.password?.value
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': settings.apiKey },
      body: JSON.stringify({ query: settings.query, variables: { input: password === undefined ? { token } : { token, password } } }),
    })
    const { data, errors } = await response.json()
    const refusal = errors?.[0] ?? Object.values(data ?? {})[0]?.userErrors[0]
    if (refusal) say(refusal.message, true)
    else { say(settings.done); form.querySelectorAll('label,button').forEach(element => element.remove()) }
  } catch {
    say('The shop cannot be reached. Try again in a moment.', true)
  }
  button.disabled = false
})`

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const render = ({ operation, title, action, asksPassword, done }: AccountPage, apiKey: string): string => {
  const { query } = readOperation(operation)
  const settings = JSON.stringify({ query, apiKey, done }).replaceAll('<', '\\u003c')
  const field = asksPassword
    ? '<label>Password<input name="password" type="password" autocomplete="new-password" required></label>'
    : ''
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${title}</title><style>${STYLE}</style>
<form><h1>${title}</h1>${field}<button>${action}</button><output role="status"></output></form>
<script type="application/json" id="settings">${settings}</script><script>${SCRIPT}</script></html>`
}

/**
 * The pages that mailed links lead to, by path. A shop with a front end of its own points APP_URL there instead; these make
 * the links work without one. `apiKey` is the key of a browser application: it is public by nature.
 */
export const accountPages = (apiKey: string): Readonly<Record<string, () => Response>> =>
  Object.fromEntries(
    PAGES.map(page => {
      const html = render(page, apiKey)
      const policy = `default-src 'none'; img-src data:; style-src ${sha256(STYLE)}; script-src ${sha256(SCRIPT)}; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': policy,
        'referrer-policy': 'no-referrer',
      }
      return [page.path, () => new Response(html, { headers })]
    }),
  )
