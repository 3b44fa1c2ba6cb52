/**
 * Control characters, separators of lines, and characters that change how others are shown without being seen: they could make a text
 * read as another. The two joiners stay, since Persian and the scripts of India are not written without them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Whether a text is one well-formed line of 1 to `max` characters that shows all it says. */
export const isLine = (text: string, max: number): boolean =>
  text.length >= 1 && text.length <= max && text.isWellFormed() && !UNSEEN.test(text)
