import type { Type } from '@nestjs/common';
import { describeError } from '../errors.js';
import { invalidOptionError } from '../options/invalid-option-error.js';

/**
 * Puts class decorators on a controller, in the order in which TypeScript would: the last one first.
 *
 * @internal
 * @param option the option with the decorators, for messages
 * @returns the controller, or the class that a decorator replaced it with
 * @throws MintlifyPersonalizationError `invalid_option` for a decorator that throws or returns anything else
 */
export function decorateController(
  option: string,
  decorators: readonly ClassDecorator[],
  controller: Type,
): Type {
  return decorators.reduceRight<Type>(
    (decorated, decorator, index) => decorate(`${option}[${index}]`, decorator, decorated),
    controller,
  );
}

function decorate(option: string, decorator: ClassDecorator, controller: Type): Type {
  let result: unknown;
  try {
    result = decorator(controller);
  } catch (error) {
    // oxlint-disable-next-line preserve-caught-error -- as for all options: the message may quote a secret
    throw invalidOptionError(
      option,
      `cannot decorate a controller: it threw ${describeError(error)}`,
      'Use a class decorator, such as SetMetadata() returns.',
    );
  }
  if (result === undefined || result === controller) return controller;
  if (isSubclass(result, controller)) return result;
  throw invalidOptionError(
    option,
    'is not a class decorator',
    'If it is a function that creates one, call it: Public(), not Public.',
  );
}

function isSubclass(value: unknown, base: Type): value is Type {
  return typeof value === 'function' && Object(value.prototype) instanceof base;
}
