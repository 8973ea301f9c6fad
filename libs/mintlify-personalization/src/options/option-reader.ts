import { describeError, isOwnError, type MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';

/**
 * Reads or checks one option. What the value itself throws meanwhile, as a getter or a proxy may, becomes an error that
 * names the option.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readOption<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isOwnError(error)) throw error;
    // oxlint-disable-next-line preserve-caught-error -- a cause is logged, and its message may quote what is secret
    throw invalidOptionError(
      option,
      `cannot be read: it threw ${describeError(error)}`,
      'Give a plain value, without getters that throw.',
    );
  }
}

/**
 * Copies options out of the object that holds them, so that each is read once. A name that is not an option is refused,
 * so that a misspelled option is never a silent default.
 *
 * @internal
 * @param where what is read, for messages: `'handshakes.jwt'`, or an empty string at the top
 * @returns the options that are set; none is `undefined`
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
 * @returns `undefined` for what is not a list
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
  const meant = names.find((name) => name.toLowerCase() === key.toLowerCase());
  return invalidOptionError(
    pathOf(where, key),
    'is not an option',
    meant === undefined
      ? `The options here are ${names.join(', ')}.`
      : `Did you mean ${pathOf(where, meant)}?`,
  );
}

/**
 * An object made to hold options: a plain one, or an instance of a class that has one of them. A `Map`, a `Date` or a
 * service would be read as no options at all.
 */
function isOptionsObject(
  value: unknown,
  names: readonly string[],
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isPlain(value) || names.some((name) => name in value);
}

/** Also of another realm, as tests and `structuredClone` have them. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
