import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import xml from 'highlight.js/lib/languages/xml';

const MAX_CHARACTERS = 100_000;

for (const [name, language] of Object.entries({ bash, javascript, json, python, xml })) {
  hljs.registerLanguage(name, language);
}

/**
 * Colors code.
 *
 * @returns HTML, in which the code is escaped; `undefined` for code that is too long or in another language.
 * @example
 * highlight('{}', 'json');
 */
export function highlight(code: string, language: string): string | undefined {
  if (code.length > MAX_CHARACTERS || !hljs.getLanguage(language)) return undefined;
  return hljs.highlight(code, { language }).value;
}
