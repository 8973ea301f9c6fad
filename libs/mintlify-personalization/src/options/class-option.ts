import { invalidOptionError } from './invalid-option-error.js';
import type { OptionRule } from './option-table.js';

/**
 * A class that Nest can instantiate. Anything else is rejected here, because Nest's own message names no option.
 *
 * @internal
 * @param token the name of the injection token of the instance
 */
export function classOption<T extends abstract new (...parameters: never[]) => unknown>(
  token: string,
): OptionRule<T | undefined, unknown> {
  return Object.freeze({
    check: (option: string, value: unknown): T | undefined => {
      if (value === undefined || isConstructor(value)) return value as T | undefined;
      throw invalidOptionError(
        option,
        'must be a class that Nest can instantiate',
        `Pass the class. In a test, replace the instance with overrideProvider(${token}).`,
      );
    },
  });
}

/** @internal Whether `new` works on a value (not for arrow functions and generators). Creates no instance. */
export function isConstructor(value: unknown): value is new (...parameters: never[]) => unknown {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
