import { invalidIssuedKey } from './playground-key-errors.js';
import type { PlaygroundKey } from '../ports/playground-key.js';
import { MAX_EXPIRY_SECONDS } from '../user/expiry.js';

/** How many keys one visitor may have at once. */
const MAX_KEYS = 10;
const MAX_NAME_LENGTH = 256;
const MAX_VALUE_LENGTH = 4_096;

const PLACES: ReadonlySet<unknown> = new Set(['header', 'query', 'cookie']);
/** A token of RFC 9110, section 5.6.2: what the name of a header or of a cookie (RFC 6265, section 4.1.1) is. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Reads what an issuer returned, each property once, into plain frozen data.
 *
 * @internal
 * @param nowSeconds seconds since the epoch
 * @throws MintlifyPersonalizationError `playground_key_failed`, naming the place and never the value
 */
export function readIssuedKeys(answer: unknown, nowSeconds: number): readonly PlaygroundKey[] {
  if (answer === undefined || answer === null) return [];
  const list: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  if (list.length > MAX_KEYS)
    throw invalidIssuedKey(`returned ${list.length} keys; the maximum is ${MAX_KEYS}`);
  const keys = list.map((key, index) => readKey(key, Array.isArray(answer) ? `[${index}]` : '', nowSeconds));
  const fields = new Set(keys.map(fieldOf));
  if (fields.size < keys.length) throw invalidIssuedKey('returned two keys for the same field');
  return Object.freeze(keys);
}

/** @internal The field of the playground that a key fills. Header names have no case (RFC 9110, section 5.1). */
export function fieldOf({ in: place, name }: Pick<PlaygroundKey, 'in' | 'name'>): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function readKey(key: unknown, where: string, nowSeconds: number): PlaygroundKey {
  if (typeof key !== 'object' || key === null)
    throw invalidIssuedKey(`returned no object at ${where || 'the top'}`);
  const { in: place, name, value, expiresAt } = key as Partial<Record<keyof PlaygroundKey, unknown>>;
  const at = (property: string) => `${where === '' ? '' : `${where}.`}${property}`;
  if (!PLACES.has(place)) throw invalidIssuedKey(`${at('in')} must be 'header', 'query' or 'cookie'`);
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH || CONTROL.test(name)) {
    throw invalidIssuedKey(
      `${at('name')} must be a string of 1 to ${MAX_NAME_LENGTH} characters without control characters`,
    );
  }
  if (place !== 'query' && !TOKEN.test(name)) {
    throw invalidIssuedKey(`${at('name')} is no name of a ${String(place)}: use letters, digits and hyphens`);
  }
  if (typeof value !== 'string' || value === '' || value.length > MAX_VALUE_LENGTH || CONTROL.test(value)) {
    throw invalidIssuedKey(
      `${at('value')} must be a string of 1 to ${MAX_VALUE_LENGTH} characters without control characters`,
    );
  }
  if (!value.isWellFormed()) throw invalidIssuedKey(`${at('value')} has half of a character`);
  if (!Number.isInteger(expiresAt))
    throw invalidIssuedKey(`${at('expiresAt')} must be whole seconds since the epoch`);
  if ((expiresAt as number) > MAX_EXPIRY_SECONDS) {
    throw invalidIssuedKey(`${at('expiresAt')} looks like milliseconds, but must be seconds since the epoch`);
  }
  if ((expiresAt as number) <= nowSeconds) throw invalidIssuedKey(`${at('expiresAt')} is in the past`);
  return Object.freeze({ in: place as PlaygroundKey['in'], name, value, expiresAt: expiresAt as number });
}
