/**
 * Escapes text for use in HTML, in an element or in a quoted attribute.
 *
 * @example
 * escapeHtml('a < "b"'); // 'a &lt; &quot;b&quot;'
 */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Writes a value as JSON for a script element, where only `<` can end or confuse it.
 *
 * @example
 * escapeJson({ title: '</script>' }); // '{"title":"\\u003c/script>"}'
 */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
