/**
 * Escapes text for HTML, in an element or a quoted attribute.
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
 * Serializes a value as JSON for a script element, where only `<` is dangerous.
 *
 * @example
 * escapeJson({ title: '</script>' }); // '{"title":"\\u003c/script>"}'
 */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
