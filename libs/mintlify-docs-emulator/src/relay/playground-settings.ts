import type { PlaygroundSettings } from '../shared/playground-types.js';
import { isRecord } from '../shared/type-guards.js';

const DISPLAYS = ['interactive', 'simple', 'none', 'auth'] as const;

/**
 * How the docs show the playground: from `api.playground` and `api.examples` of docs.json. What cannot be read has its
 * default.
 *
 * @param settings all of docs.json.
 * @example
 * readPlaygroundSettings({ api: { playground: { display: 'simple' } } }).display; // 'simple'
 */
export function readPlaygroundSettings(settings: Readonly<Record<string, unknown>>): PlaygroundSettings {
  const api = isRecord(settings.api) ? settings.api : {};
  const playground = isRecord(api.playground) ? api.playground : {};
  const examples = isRecord(api.examples) ? api.examples : {};
  return {
    display: DISPLAYS.find((each) => each === playground.display) ?? 'interactive',
    isDirect: playground.proxy === false,
    isPrefilled: examples.prefill === true,
  };
}
