/** Text that is markup already. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | null | undefined | Markup | readonly Markup[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const written = (part: Part): string => {
  if (part instanceof Markup) return part.text
  if (typeof part === 'object' && part !== null) return part.map(({ text }) => text).join('')
  return String(part ?? '').replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}

/** A piece of HTML; whatever is put into it is text, unless it is markup made the same way. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...parts.map(written)))
