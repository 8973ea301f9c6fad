import { InvalidMintlifyUserError } from '../errors.js';
import type { ResolvedUserLimits } from '../options/app-options.js';
import type { ApiPlaygroundInputs } from '../ports/mintlify-user.js';
import type { Clock } from '../time/clock.js';
import { findExpiryMistake } from './expiry.js';
import { JsonSnapshot } from './json-snapshot.js';
import { refuseCredentials, refuseHeaderBreaks } from './text-rules.js';
import { ValidMintlifyUser } from './valid-mintlify-user.js';

const USER_KEYS = ['expiresAt', 'groups', 'content', 'apiPlaygroundInputs'];
const INPUT_KEYS = ['header', 'query', 'cookie', 'path', 'server'] as const;

/** The maximum bytes of JSON for one UTF-16 code unit: `\u001f`. */
const MAX_BYTES_PER_CHARACTER = 6;
/** The maximum bytes of JSON for any other value: the longest number, quotes, a colon, a comma. */
const MAX_BYTES_PER_VALUE = 32;

/**
 * Checks that a user has the User format and keeps the limits.
 *
 * It does not use class-validator, since it runs on every request. It reads each value once, copies it into plain frozen
 * data and reports every mistake with its JSON path. `MintlifyUserDto` has the same rules as decorators.
 *
 * @example
 * ```ts
 * constructor(@Inject(MintlifyUserValidator) private readonly users: MintlifyUserValidator) {}
 *
 * check(user: unknown) {
 *   return this.users.validate(user); // throws InvalidMintlifyUserError with all paths
 * }
 * ```
 */
export class MintlifyUserValidator {
  readonly #limits: ResolvedUserLimits;
  readonly #clock: Clock;
  readonly #sessionLifetimeSeconds: number;

  /** @internal Created by the module. */
  constructor(limits: ResolvedUserLimits, clock: Clock, sessionLifetimeSeconds: number) {
    this.#limits = limits;
    this.#clock = clock;
    this.#sessionLifetimeSeconds = sessionLifetimeSeconds;
  }

  /**
   * Checks a user and returns it as frozen plain data, with `expiresAt` filled in if it was absent.
   *
   * @throws InvalidMintlifyUserError with the path of every mistake
   */
  validate(user: unknown): ValidMintlifyUser {
    const snapshot = new JsonSnapshot(this.#limits);
    const valid = this.#read(snapshot, user);
    this.#holdSize(snapshot, valid);
    throwViolations(snapshot);
    return valid;
  }

  /**
   * The same, with stricter limits and a shorter session.
   *
   * @internal
   */
  narrow(limits: Partial<ResolvedUserLimits>, maxSessionSeconds: number): MintlifyUserValidator {
    const entries = Object.entries(this.#limits) as [keyof ResolvedUserLimits, number][];
    const narrowed = entries.map(([name, limit]) => [name, Math.min(limit, limits[name] ?? limit)]);
    return new MintlifyUserValidator(
      Object.freeze(Object.fromEntries(narrowed)) as ResolvedUserLimits,
      this.#clock,
      Math.min(this.#sessionLifetimeSeconds, maxSessionSeconds),
    );
  }

  #read(snapshot: JsonSnapshot, user: unknown): ValidMintlifyUser {
    try {
      if (isObject(user)) return this.#readUser(snapshot, user);
      snapshot.refuse(`must be an object with any of ${USER_KEYS.join(', ')}.`);
    } catch (cause) {
      snapshot.refuse('cannot be read: a getter or a proxy threw an error. Send plain data.');
      throw new InvalidMintlifyUserError(snapshot.violations, { cause });
    }
    throw new InvalidMintlifyUserError(snapshot.violations);
  }

  #readUser(snapshot: JsonSnapshot, user: Record<string, unknown>): ValidMintlifyUser {
    snapshot.open(user);
    refuseUnknownKeys(snapshot, user, USER_KEYS);
    const expiresAt = readOwn(snapshot, user, 'expiresAt');
    const groups = readOwn(snapshot, user, 'groups');
    const content = readOwn(snapshot, user, 'content');
    const apiPlaygroundInputs = readOwn(snapshot, user, 'apiPlaygroundInputs');
    return new ValidMintlifyUser({
      expiresAt: this.#expiresAt(snapshot, expiresAt),
      groups: groups === undefined ? undefined : this.#groups(snapshot, groups),
      content: content === undefined ? undefined : this.#content(snapshot, content),
      apiPlaygroundInputs:
        apiPlaygroundInputs === undefined ? undefined : readInputs(snapshot, apiPlaygroundInputs),
    });
  }

  #expiresAt(snapshot: JsonSnapshot, expiresAt: unknown): number {
    const nowSeconds = Math.floor(this.#clock.now() / 1_000);
    if (expiresAt === undefined) return nowSeconds + this.#sessionLifetimeSeconds;
    snapshot.values += 1;
    const mistake = findExpiryMistake(expiresAt, nowSeconds, this.#limits.maxExpiresInDays);
    if (mistake !== undefined) snapshot.refuse(mistake, 'expiresAt');
    return expiresAt as number;
  }

  #groups(snapshot: JsonSnapshot, groups: unknown): string[] | undefined {
    if (!Array.isArray(groups)) return snapshot.refuse('must be an array of strings.', 'groups');
    const { maxGroups, maxGroupLength } = this.#limits;
    if (groups.length > maxGroups) {
      return snapshot.refuse(`has ${groups.length} groups; the maximum is ${maxGroups}.`, 'groups');
    }
    const copy = snapshot.read('groups', groups) as unknown[] | undefined;
    if (copy === undefined) return undefined;
    for (let index = 0; index < copy.length; index += 1) {
      const group = copy[index];
      if (typeof group !== 'string' || group.length < 1 || group.length > maxGroupLength) {
        snapshot.refuse(`must be a string of 1 to ${maxGroupLength} characters.`, 'groups', index);
      }
    }
    return copy as string[];
  }

  #content(snapshot: JsonSnapshot, content: unknown): Record<string, unknown> | undefined {
    if (!isObject(content)) return snapshot.refuse('must be an object.', 'content');
    const { maxContentKeys } = this.#limits;
    if (Object.keys(content).length > maxContentKeys) {
      return snapshot.refuse(
        `has more than ${maxContentKeys} keys. Send only what the pages use.`,
        'content',
      );
    }
    return snapshot.read('content', content, refuseCredentials) as Record<string, unknown> | undefined;
  }

  /** Serializes the user to count its bytes only if an upper bound is not enough. */
  #holdSize(snapshot: JsonSnapshot, user: ValidMintlifyUser): void {
    const { maxJsonBytes, maxValues } = this.#limits;
    if (snapshot.violations.length > 0) return;
    if (snapshot.values > maxValues) snapshot.refuseExcess();
    if (snapshot.characters > maxJsonBytes) {
      snapshot.refuse(
        `is at least ${snapshot.characters} bytes as JSON; the maximum is ${maxJsonBytes}. Send only what the pages use.`,
      );
      return;
    }
    const bound =
      snapshot.characters * MAX_BYTES_PER_CHARACTER + (snapshot.values + 16) * MAX_BYTES_PER_VALUE;
    if (bound <= maxJsonBytes) return;
    const bytes = Buffer.byteLength(JSON.stringify(user));
    if (bytes > maxJsonBytes) {
      snapshot.refuse(
        `is ${bytes} bytes as JSON; the maximum is ${maxJsonBytes}. Send only what the pages use.`,
      );
    }
  }
}

function readInputs(snapshot: JsonSnapshot, inputs: unknown): ApiPlaygroundInputs | undefined {
  if (!isObject(inputs)) {
    return snapshot.refuse(`must be an object with any of ${INPUT_KEYS.join(', ')}.`, 'apiPlaygroundInputs');
  }
  snapshot.enter('apiPlaygroundInputs', inputs);
  refuseUnknownKeys(snapshot, inputs, INPUT_KEYS);
  const copy: ApiPlaygroundInputs = {};
  for (const key of INPUT_KEYS) {
    const values = readOwn(snapshot, inputs, key);
    if (values === undefined) continue;
    if (isObject(values))
      copy[key] = readInputValues(snapshot, key, values) as Record<string, string> | undefined;
    else snapshot.refuse('must be an object, keyed by name.', key);
  }
  snapshot.leave();
  return Object.freeze(copy);
}

function readInputValues(snapshot: JsonSnapshot, key: string, values: object): object | undefined {
  const rule = key === 'header' || key === 'cookie' ? refuseHeaderBreaks : undefined;
  const copy = snapshot.read(key, values, rule) as object | undefined;
  if (key === 'server' && !Object.values(copy ?? {}).every((value) => typeof value === 'string')) {
    snapshot.refuse('must only contain strings: OpenAPI server variables are strings.', key);
  }
  return copy;
}

function refuseUnknownKeys(snapshot: JsonSnapshot, object: object, known: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    if (key === 'host') snapshot.refuse('is set by the library from docsUrl. Leave it out.', key);
    else
      snapshot.refuse(`is not in the User format, which has ${known.join(', ')}. Put it into content.`, key);
  }
  snapshot.refuseSymbols(object);
}

/** Reads an own property: an inherited one was not set for this user. */
function readOwn(snapshot: JsonSnapshot, object: Record<string, unknown>, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  if (key in object) snapshot.refuse('is inherited from a prototype. Make it an own property.', key);
  return undefined;
}

/** Whether it is an object or an instance of a class, and not an array, a Map, a Date or another built-in. */
function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  // The tag distinguishes a Map from an instance of a class; plain objects do not need it.
  return (
    Object.getPrototypeOf(value) === Object.prototype ||
    Object.prototype.toString.call(value) === '[object Object]'
  );
}

function throwViolations(snapshot: JsonSnapshot): void {
  if (snapshot.violations.length > 0) throw new InvalidMintlifyUserError(snapshot.violations);
}
