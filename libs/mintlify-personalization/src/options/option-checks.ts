import { invalidOptionError } from './invalid-option-error.js';
import type { OptionRule } from './option-table.js';

/** A number, or a function of other options. */
type Bound<Context> = number | ((context: Context) => number);

/**
 * A whole number within its bounds. A default that depends on other options is filled in by `check`.
 *
 * @internal
 * @example
 * ```ts
 * tokenLifetimeSeconds: integerInRange({ min: 1, max: 10, defaultValue: 10 }),
 * ```
 */
export function integerInRange<Context = unknown>({
  min,
  max,
  maxName,
  defaultValue,
}: {
  readonly min: number;
  readonly max: Bound<Context>;
  /** The option that sets the upper bound, for the message. */
  readonly maxName?: string;
  readonly defaultValue: Bound<Context>;
}): OptionRule<number, Context> {
  return Object.freeze({
    ...(typeof defaultValue === 'number' && { defaultValue }),
    check: (option: string, value: unknown, context: Context): number => {
      const [upper, fallback] = [valueOf(max, context), valueOf(defaultValue, context)];
      if (value === undefined) return fallback;
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= upper)
        return value;
      throw invalidOptionError(
        option,
        `must be a whole number from ${min} to ${upper}${maxName === undefined ? '' : ` (${maxName})`}`,
        `Leave it out for ${fallback}.`,
      );
    },
  });
}

/**
 * A non-empty string.
 *
 * @internal
 * @param defaultValue without it, an option that is not set is `undefined`
 */
export function optionalString(): OptionRule<string | undefined, unknown>;
export function optionalString(defaultValue: string): OptionRule<string, unknown>;
export function optionalString(defaultValue?: string): OptionRule<string | undefined, unknown> {
  return Object.freeze({
    ...(defaultValue !== undefined && { defaultValue }),
    check: (option: string, value: unknown): string | undefined => {
      if (value === undefined || isFilledString(value)) return value;
      throw invalidOptionError(
        option,
        'must be a non-empty string',
        `Leave it out for ${defaultValue === undefined ? 'the default' : `"${defaultValue}"`}.`,
      );
    },
  });
}

/**
 * A required non-empty string.
 *
 * @internal
 * @param what what to set it to, for the message
 */
export function requiredString(what: string): OptionRule<string, unknown> {
  return Object.freeze({
    check: (option: string, value: unknown): string => {
      if (isFilledString(value)) return value;
      const problem = value === undefined ? 'is missing' : 'must be a non-empty string';
      throw invalidOptionError(option, problem, `Set it to ${what}.`);
    },
  });
}

/** @internal `true` or `false`. */
export function optionalBoolean(defaultValue: boolean): OptionRule<boolean, unknown> {
  return Object.freeze({
    defaultValue,
    check: (option: string, value: unknown): boolean => {
      if (typeof value === 'boolean') return value;
      throw invalidOptionError(option, 'must be true or false', `Leave it out for ${defaultValue}.`);
    },
  });
}

/**
 * A store of the host app, which has `read()` and `write()`.
 *
 * @internal
 * @param type its interface, for the message
 */
export function optionalStore<Store extends { read: unknown; write: unknown }>(
  type: string,
): OptionRule<Store | undefined, unknown> {
  return Object.freeze({
    check: (option: string, store: unknown): Store | undefined => {
      if (store === undefined) return undefined;
      const { read, write } = Object(store) as Partial<Store>;
      if (typeof read === 'function' && typeof write === 'function') return store as Store;
      throw invalidOptionError(
        option,
        'must be an object with read() and write()',
        `Implement ${type}, or leave it out.`,
      );
    },
  });
}

function isFilledString(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function valueOf<Context>(bound: Bound<Context>, context: Context): number {
  return typeof bound === 'number' ? bound : bound(context);
}
