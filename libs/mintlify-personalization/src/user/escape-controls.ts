/**
 * Control characters, lone surrogates, line separators, and marks that change the writing direction (Unicode Standard
 * Annex #9, section 2): they can move the cursor, and color, hide or reorder text.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Escapes characters that a terminal or a log viewer would interpret, such as `\u001b`. Inside a JSON string, the result
 * has the same meaning.
 *
 * @internal
 */
export function escapeControls(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
