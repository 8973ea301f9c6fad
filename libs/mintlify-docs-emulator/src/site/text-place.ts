import { isRecord } from '../shared/type-guards.js';

const MAX_DEPTH = 100;

/**
 * Finds a text in docs.json.
 *
 * @param settings docs.json, not validated.
 * @returns the place of the first text that is wanted, for `locate` of a site; `undefined` if there is none.
 * @example
 * placeOfText({ api: { openapi: 'openapi.json' } }, (text) => text === 'openapi.json'); // 'api.openapi'
 */
export function placeOfText(
  settings: Readonly<Record<string, unknown>>,
  isWanted: (text: string) => boolean,
): string | undefined {
  const visit = (value: unknown, place: string, depth: number): string | undefined => {
    if (typeof value === 'string') return isWanted(value) ? place : undefined;
    if (depth > MAX_DEPTH) return undefined;
    const parts: [string, unknown][] = Array.isArray(value)
      ? value.map((each: unknown, index) => [`${place}[${index}]`, each])
      : isRecord(value)
        ? Object.entries(value).map(([key, each]) => [place === '' ? key : `${place}.${key}`, each])
        : [];
    for (const [inside, each] of parts) {
      const found = visit(each, inside, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(settings, '', 0);
}
