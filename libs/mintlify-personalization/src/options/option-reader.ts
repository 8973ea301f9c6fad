import { describeError, isOwnError, type MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';

/**
 * Reads or checks one option. If the value itself throws, as a getter or a proxy may, the error names the option.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readOption<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isOwnError(error)) throw error;
    // oxlint-disable-next-line preserve-caught-error -- causes are logged, and this message may quote a secret
    throw invalidOptionError(
      option,
      `cannot be read: it threw ${describeError(error)}`,
      'Use a plain value, without getters that throw.',
    );
  }
}

/**
 * Copies options from an object, reading each once. Unknown names are rejected, so that a misspelled option is never
 * silently ignored.
 *
 * @internal
 * @param where the path for messages: `'handshakes.jwt'`, or an empty string at the top
 * @returns the options that are set, none of them `undefined`
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readOptions<Name extends string>(
  where: string,
  given: unknown,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  const holder = where || 'The options';
  return readOption(holder, () => {
    if (!isOptionsObject(given, names)) {
      throw invalidOptionError(holder, `must be an object with ${names.join(', ')}`);
    }
    assertKnown(where, Object.keys(given), names);
    const entries = names.map((name) => [name, readOption(pathOf(where, name), () => given[name])] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<
      Record<Name, unknown>
    >;
  });
}

/**
 * Copies the elements of a list.
 *
 * @internal
 * @returns `undefined` for anything else
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readList(option: string, value: unknown): unknown[] | undefined {
  return readOption(option, () => (Array.isArray(value) ? [...(value as unknown[])] : undefined));
}

/** @internal The full path of an option: `'claims'` and `'iat'` give `'claims.iat'`. */
export function pathOf(where: string, name: string): string {
  return where === '' ? name : `${where}.${name}`;
}

function assertKnown(where: string, keys: readonly string[], names: readonly string[]): void {
  const unknown = keys.find((key) => !names.includes(key));
  if (unknown !== undefined) throw unknownOption(where, unknown, names);
}

function unknownOption(where: string, key: string, names: readonly string[]): MintlifyPersonalizationError {
  const suggestion = names.find((name) => name.toLowerCase() === key.toLowerCase());
  return invalidOptionError(
    pathOf(where, key),
    'is not an option',
    suggestion === undefined
      ? `Use one of ${names.join(', ')}.`
      : `Did you mean ${pathOf(where, suggestion)}?`,
  );
}

/**
 * Whether a value is meant to hold options: a plain object, or an instance of a class that has one of them. A `Map`, a
 * `Date` or a service would be read as an object without options.
 */
function isOptionsObject(
  value: unknown,
  names: readonly string[],
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isPlain(value) || names.some((name) => name in value);
}

/** Also true for objects of another realm, as in Jest. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
