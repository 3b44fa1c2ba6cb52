/**
 * Texts as bytes that order as JavaScript orders strings: by UTF-16 code unit. UTF-8 would put characters beyond U+FFFF last and
 * lose unpaired surrogates. So every code unit is encoded by itself as UTF-8 would encode it (CESU-8); without surrogates that is UTF-8.
 */
export const encodeText = (text: string): Buffer => {
  if (!/[\ud800-\udfff]/.test(text)) return Buffer.from(text)
  const bytes: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes.push(unit)
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f))
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
  }
  return Buffer.from(bytes)
}

const SURROGATE_LEAD = 0xed

/** The text that {@link encodeText} made these bytes of. */
export const decodeText = (bytes: Buffer): string => {
  if (!bytes.includes(SURROGATE_LEAD)) return bytes.toString()
  let text = ''
  const at = (index: number): number => bytes[index] ?? 0
  for (let index = 0; index < bytes.length; ) {
    const lead = at(index)
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3
    const unit =
      length === 1
        ? lead
        : length === 2
          ? ((lead & 0x1f) << 6) | (at(index + 1) & 0x3f)
          : ((lead & 0x0f) << 12) | ((at(index + 1) & 0x3f) << 6) | (at(index + 2) & 0x3f)
    text += String.fromCharCode(unit)
    index += length
  }
  return text
}
