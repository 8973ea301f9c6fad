/**
 * Control characters, lone surrogates, line separators, and the marks that turn the direction of writing (Unicode
 * Standard Annex #9, section 2): what moves the cursor, colors, hides or reorders the text around it.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Escapes what a terminal or a log viewer would obey instead of show: `\u001b` for an escape character. Inside of a JSON
 * string the result means the same.
 *
 * @internal
 */
export function escapeControls(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
