/** A mail as the mailbox keeps it. */
export interface ShownMail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly sentAt: Date
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, character => ESCAPES[character] ?? character)

const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, url => `<a href="${url}">${url}</a>`)

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fafafa}
article{background:#fff;border:1px solid #ddd;border-radius:8px;padding:1rem 1.25rem;margin:1rem 0}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:0}p{margin:.2rem 0;color:#666;font-size:.9rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.8rem 0 0}`

const html = (mails: readonly ShownMail[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Mailbox</title><style>${STYLE}</style>
<h1>Mailbox</h1><p>What Mercato would have mailed, newest first. In development only. As JSON: ask with <code>Accept: application/json</code>.</p>
${mails
  .map(
    ({ to, subject, text, sentAt }) =>
      `<article><h2>${escapeHtml(subject)}</h2><p>to ${escapeHtml(to)} · ${sentAt.toISOString()}</p><pre>${linked(text)}</pre></article>`,
  )
  .join('\n')}
${mails.length === 0 ? '<p>Nothing yet.</p>' : ''}</html>`

/** The development mailbox: a page for people, JSON for programs. Never served in production. */
export const mailboxPage =
  (mailbox: { list(): Promise<readonly ShownMail[]> }) =>
  async (request: Request): Promise<Response> => {
    const mails = await mailbox.list()
    const headers = {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    }
    if (!request.headers.get('accept')?.includes('text/html')) return Response.json({ mails }, { headers })
    return new Response(html(mails), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
  }
