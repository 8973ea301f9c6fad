import type { ApiPlaygroundInputs } from '../ports/mintlify-user.js';
import { ValidMintlifyUser } from './valid-mintlify-user.js';

/** @internal How long a visit as another person lasts: 15 minutes at most. */
export const MAX_VIEW_AS_SECONDS = 900;

/** What `content.viewingAs` holds, for a banner on the docs. */
export interface ViewingAs {
  /** When the visit ends: ISO 8601, UTC, without milliseconds. */
  readonly until: string;
}

/** Shorter values are words, such as the name of a user for HTTP Basic, which pages may show. */
const MIN_CREDENTIAL_LENGTH = 8;
const REMOVED = '[removed]';

/**
 * Limits a user to what another person may see of it: no `apiPlaygroundInputs`, and 15 minutes at most. The credentials
 * among the inputs are removed from `content` too, since pages show them in examples (`curl -H "X-Api-Key: {user.apiKey}"`).
 *
 * @internal
 * @param nowSeconds seconds since the epoch
 */
export function limitToViewing(user: ValidMintlifyUser, nowSeconds: number): ValidMintlifyUser {
  const expiresAt = Math.min(user.expiresAt, nowSeconds + MAX_VIEW_AS_SECONDS);
  const viewingAs: ViewingAs = Object.freeze({ until: formatTime(expiresAt) });
  const credentials = listCredentials(user.apiPlaygroundInputs);
  const { viewingAs: _, ...content } = user.content ?? {};
  return new ValidMintlifyUser({
    expiresAt,
    groups: user.groups,
    content: Object.freeze({ ...(withoutCredentials(content, credentials) as object), viewingAs }),
  });
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}

/**
 * The texts that the playground sends as credentials: `header`, `query` and `cookie` only fill in security schemes
 * (`spec/handshakes.md`, section 1). The longest first, so that no part of one is left.
 */
function listCredentials({ header, query, cookie }: ApiPlaygroundInputs = {}): readonly string[] {
  const texts = [header, query, cookie].flatMap((values) => listTexts(values));
  // `Bearer {token}` and `Basic {credentials}`: pages may show what follows the scheme.
  const parts = texts.flatMap((text) => text.split(/[\s,;=]+/));
  return [...new Set([...texts, ...parts])]
    .filter(({ length }) => length >= MIN_CREDENTIAL_LENGTH)
    .sort((one, other) => other.length - one.length);
}

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => listTexts(each));
}

function withoutCredentials(value: unknown, credentials: readonly string[]): unknown {
  if (credentials.length === 0) return value;
  if (typeof value === 'string') return removeAll(value, credentials);
  if (typeof value === 'number') return removeNumber(value, credentials);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return Object.freeze(value.map((each: unknown) => withoutCredentials(each, credentials)));
  }
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => [
    removeAll(name, credentials),
    withoutCredentials(each, credentials),
  ]);
  return Object.freeze(Object.fromEntries(entries));
}

function removeAll(text: string, credentials: readonly string[]): string {
  return credentials.reduce((rest, credential) => rest.replaceAll(credential, REMOVED), text);
}

function removeNumber(value: number, credentials: readonly string[]): number | string {
  const text = String(value);
  const rest = removeAll(text, credentials);
  return rest === text ? value : rest;
}
