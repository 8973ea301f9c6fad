import { readPlaygroundDisplay } from '../shared/playground-display.js';
import type { PlaygroundDisplay } from '../shared/playground-display.js';
import type { PlaygroundSettings } from '../shared/playground-types.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * How a page shows the playground: from its front matter, and `api.playground` and `api.examples` of docs.json. What
 * cannot be read has its default.
 *
 * @param settings all of docs.json.
 * @param ofPage `playground` of the page's front matter.
 * @example
 * readPlaygroundSettings({ api: { playground: { display: 'simple' } } }).display; // 'simple'
 */
export function readPlaygroundSettings(
  settings: Readonly<Record<string, unknown>>,
  ofPage?: PlaygroundDisplay,
): PlaygroundSettings {
  const api = isRecord(settings.api) ? settings.api : {};
  const playground = isRecord(api.playground) ? api.playground : {};
  const examples = isRecord(api.examples) ? api.examples : {};
  return {
    display: ofPage ?? readPlaygroundDisplay(playground.display) ?? 'interactive',
    isDirect: playground.proxy === false,
    isPrefilled: examples.prefill === true,
  };
}
