const DISPLAYS = ['interactive', 'simple', 'none', 'auth'] as const;

/**
 * How the playground is shown: as a form, as the address alone, not at all, or as a form for visitors who are logged in
 * and may see the page.
 */
export type PlaygroundDisplay = (typeof DISPLAYS)[number];

/**
 * Reads `playground` of front matter, or `api.playground.display` of docs.json.
 *
 * @returns `undefined` for anything else.
 * @example
 * readPlaygroundDisplay('simple'); // 'simple'
 */
export function readPlaygroundDisplay(value: unknown): PlaygroundDisplay | undefined {
  return DISPLAYS.find((each) => each === value);
}
