import { invalidOptionError } from './invalid-option-error.js';
import type { OptionRule } from './option-table.js';

/**
 * A class that Nest can build. What is not one is refused before Nest refuses it in a message that names no option.
 *
 * @internal
 * @param token the name of the injection token under which an instance will stand
 */
export function classOption<T extends abstract new (...parameters: never[]) => unknown>(
  token: string,
): OptionRule<T | undefined, unknown> {
  return Object.freeze({
    check: (option: string, value: unknown): T | undefined => {
      if (value === undefined || isConstructor(value)) return value as T | undefined;
      throw invalidOptionError(
        option,
        'must be a class, which Nest builds with what it injects',
        `Give the class; a test gives an instance with overrideProvider(${token}).`,
      );
    },
  });
}

/** @internal Whether `new` works on a value: not on an arrow function, nor on a generator. Nothing is built. */
export function isConstructor(value: unknown): value is new (...parameters: never[]) => unknown {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
