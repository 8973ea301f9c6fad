import { readFileSync } from 'node:fs';
import type { DocsMode } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { renderDocsAs, type RenderDocsOptions, type RenderedDocsPage } from './render-docs.js';

/** A persona of the `personas.json` that `mintlify-personalization personas` writes. */
export interface TestPersona {
  readonly name: string;
  readonly tenant?: string;
  readonly mode: DocsMode;
  /** `null` is not logged in. The values of `apiPlaygroundInputs` are hidden. */
  readonly user: MintlifyUser | null;
  /** Shows a page to the persona, as {@link renderDocsAs} does. */
  readonly open: (page: string, options?: Pick<RenderDocsOptions, 'docs'>) => Promise<RenderedDocsPage>;
}

type Describe = (name: string, specs: () => void) => unknown;

/** Where {@link describeEachPersona} finds the personas. */
export interface PersonaSuiteOptions {
  /** What `mintlify-personalization personas` wrote. Default `'personas/personas.json'` */
  readonly file?: string;
  /** `describe` of the test runner. Default: the global one. */
  readonly describe?: Describe;
}

/**
 * Makes a suite of tests for each persona that `mintlify-personalization personas` wrote.
 *
 * @example
 * ```ts
 * describeEachPersona((persona) => {
 *   it('reads the quickstart', async () => {
 *     expect(await persona.open('/quickstart')).toShow('Quickstart');
 *   });
 * });
 * ```
 * @throws TypeError if there is no `describe`, or the file is not what the command wrote
 */
export function describeEachPersona(
  specs: (persona: TestPersona) => void,
  { file = 'personas/personas.json', describe = globalDescribe() }: PersonaSuiteOptions = {},
): void {
  if (describe === undefined) {
    throw new TypeError('There is no global describe. Pass that of your test runner: { describe }.');
  }
  for (const [name, { tenant, mode, user }] of Object.entries(readPersonas(file))) {
    const persona: TestPersona = {
      name,
      ...(tenant !== undefined && { tenant }),
      mode,
      user,
      open: (page, options = {}) => renderDocsAs(user, page, { ...options, mode }),
    };
    describe(name, () => specs(persona));
  }
}

function readPersonas(file: string): Record<string, Pick<TestPersona, 'tenant' | 'mode' | 'user'>> {
  const { personas } = JSON.parse(readFileSync(file, 'utf8')) as { personas?: unknown };
  const isWritten =
    typeof personas === 'object' &&
    personas !== null &&
    Object.values(personas).every(
      (each: unknown) => typeof each === 'object' && each !== null && 'pages' in each,
    );
  if (isWritten) return personas as ReturnType<typeof readPersonas>;
  throw new TypeError(
    `${file} is not what mintlify-personalization personas wrote. Run that command, and name its personas.json.`,
  );
}

function globalDescribe(): Describe | undefined {
  return (globalThis as { describe?: Describe }).describe;
}
