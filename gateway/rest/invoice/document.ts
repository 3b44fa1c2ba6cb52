import { createHash } from 'node:crypto'
import { Money } from '@mercato/shared-kernel/domain'
import { html, Markup } from '../html.ts'
import type { Seller } from '../seller.ts'
import { type Bill, billOf, type GraphAddress, type GraphInvoice } from './bill.ts'

const STYLE = `@page{size:A4;margin:20mm 18mm}*{box-sizing:border-box}
body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#1c2430;background:#eef1f4;margin:0;padding:2vw}
main{background:#fff;max-width:210mm;margin:0 auto;padding:clamp(1rem,6vw,18mm);border:1px solid #d9dfe5;border-radius:6px}
header{display:flex;justify-content:space-between;gap:2rem;flex-wrap:wrap;border-bottom:2px solid #1b5e8c;padding-bottom:1rem;margin-bottom:1.5rem}
h1{font-size:1.7rem;line-height:1.2;margin:0;color:#1b5e8c}header strong{font-size:1.1rem}
address{font-style:normal;overflow-wrap:anywhere}.parties{display:flex;justify-content:space-between;gap:2rem;flex-wrap:wrap;margin-bottom:2rem}
h2{font-size:.75rem;letter-spacing:.08em;text-transform:uppercase;color:#5b6875;margin:0 0 .3rem}
dl{display:grid;align-content:start;grid-template-columns:auto auto;gap:.1rem 1.25rem;margin:0}dt{color:#5b6875}dd{margin:0;text-align:right;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin-bottom:1.5rem}th{font-size:.8rem;text-align:left;color:#5b6875;border-bottom:1px solid #9fabb7;padding:.4rem .5rem}
td{padding:.5rem;border-bottom:1px solid #e3e8ed;vertical-align:top;overflow-wrap:break-word}td small{display:block;color:#5b6875}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.totals{margin-left:auto;width:min(100%,20rem)}.totals td,.totals th{border:0;padding:.25rem .5rem;font-size:inherit;color:inherit;font-weight:400}
.totals tr:last-child>*{font-weight:700;border-top:2px solid #1c2430;padding-top:.5rem}
footer{color:#5b6875;font-size:.85rem;border-top:1px solid #d9dfe5;padding-top:1rem;margin-top:2rem}
@media(max-width:32rem){td,th{padding-left:.2rem;padding-right:.2rem;font-size:.85rem}}
@media print{body{background:none;padding:0}main{border:0;padding:0;max-width:none}tr{break-inside:avoid}}`

/** Nothing runs in the document and nothing is loaded by it. */
export const DOCUMENT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`

const money = (amount: Money.Money): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: amount.currency }).format(
    Money.toDecimal(amount) as `${number}`,
  )

const day = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant))

const lines = (texts: readonly (string | null)[]): readonly Markup[] =>
  texts.filter(text => text !== null && text !== '').map(text => html`${text}<br>`)

const addressOf = ({ name, line1, line2, postalCode, city, region, country }: GraphAddress): readonly Markup[] =>
  lines([name, line1, line2, `${postalCode} ${city}`, region, countryOf(country)])

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' })
const countryOf = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code)

const row = (name: string, amount: Money.Money): Markup =>
  html`<tr><th scope="row">${name}</th><td class="number">${money(amount)}</td></tr>`

const table = ({ lines: pieces }: Bill, instead: string): Markup =>
  pieces.length === 0
    ? html`<p>${instead}</p>`
    : html`<table><thead><tr><th scope="col">Item</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Unit price</th><th scope="col" class="number">Net</th></tr></thead><tbody>${pieces.map(
        ({ sku, name, quantity, unitPrice, total }) =>
          html`<tr><td>${name}<small>${sku}</small></td><td class="number">${quantity}</td><td class="number">${money(unitPrice)}</td><td class="number">${money(total)}</td></tr>`,
      )}</tbody></table>`

/** What a refund for no pieces in particular is for: a code reads as a sentence, a person's words stay as they are. */
const REASONS: Readonly<Record<string, string>> = {
  STRAY_CAPTURE: 'Money that was taken although nothing was to be paid.',
  RETURN: 'Returned goods.',
}

/** An invoice or credit note as a document to read, print and keep. */
export const invoiceDocument = (invoice: GraphInvoice, seller: Seller): string => {
  const { number, kind, order, issuedAt, reason } = invoice
  const isInvoice = kind === 'INVOICE'
  const bill = billOf(invoice)
  const buyer = order.billingAddress ?? order.shippingAddress
  const title = `${isInvoice ? 'Invoice' : 'Credit note'} ${number}`
  const invoices = (order.invoices ?? []).filter(each => each.kind === 'INVOICE').map(each => each.number)
  const instead = isInvoice ? `Payment for the order ${order.number}.` : (REASONS[reason ?? ''] ?? reason ?? 'Refund.')
  return `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${new Markup(STYLE)}</style></head>
<body><main>
<header><div><h1>${title}</h1></div><address><strong>${seller.name}</strong><br>${lines(seller.address)}Tax number ${seller.taxId}</address></header>
<section class="parties"><div><h2>${isInvoice ? 'Billed to' : 'Credited to'}</h2><address>${
      buyer ? addressOf(buyer) : lines([order.customer?.username ?? 'The customer'])
    }</address></div>
<dl><dt>Date</dt><dd>${day(issuedAt)}</dd><dt>Order</dt><dd>${order.number}</dd><dt>Ordered on</dt><dd>${day(order.placedAt)}</dd>${
      isInvoice || invoices.length === 0
        ? null
        : html`<dt>${invoices.length > 1 ? 'For invoices' : 'For invoice'}</dt><dd>${invoices.join(', ')}</dd>`
    }</dl></section>
${table(bill, instead)}
<table class="totals"><tbody>${row('Items', bill.items)}${bill.shipping.amount > 0 ? row('Shipping', bill.shipping) : null}${row('Tax', bill.tax)}${row('Total', bill.total)}</tbody></table>
<footer>${isInvoice ? 'Paid with the payment method of the order. Nothing is left to be paid.' : 'Given back to the payment method of the order.'}</footer>
</main></body></html>`.text
  }\n`
}
