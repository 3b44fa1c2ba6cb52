/** Whether a text is one well-formed line of 1 to `max` characters. */
export const isLine = (text: string, max: number): boolean =>
  text.length > 0 && text.length <= max && text.isWellFormed() && !/\p{Cc}|\u2028|\u2029/u.test(text)
