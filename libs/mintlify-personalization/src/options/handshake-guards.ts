import type { CanActivate, Type } from '@nestjs/common';
import { invalidOptionError } from './invalid-option-error.js';
import { readList, readOption } from './option-reader.js';

/** A guard class or an instance, as for Nest's `@UseGuards()`. */
export type HandshakeGuard = Type<CanActivate> | CanActivate;

/**
 * Checks the guards of a handshake.
 *
 * @internal
 * @param defaultText the default, for the message
 * @returns a copy of the list
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkGuards(option: string, value: unknown, defaultText: string): HandshakeGuard[] {
  const guards = readList(option, value);
  const fix = `Leave it out for ${defaultText}, or use your own guard.`;
  if (guards === undefined) {
    throw invalidOptionError(option, 'must be a list of guards: classes or objects with canActivate', fix);
  }
  return guards.map((guard, index) => checkGuard(`${option}[${index}]`, guard, fix));
}

function checkGuard(option: string, guard: unknown, fix: string): HandshakeGuard {
  return readOption(option, () => {
    if (isGuard(guard)) return guard;
    if (typeof guard === 'function') {
      throw invalidOptionError(
        option,
        'is a function, not a guard class',
        "If it creates guards, call it: AuthGuard('jwt'), not AuthGuard.",
      );
    }
    throw invalidOptionError(option, 'is not a guard: a class or an object with canActivate', fix);
  });
}

function isGuard(guard: unknown): guard is HandshakeGuard {
  if (typeof guard !== 'function') {
    return typeof (guard as Partial<CanActivate> | null | undefined)?.canActivate === 'function';
  }
  const { prototype } = guard as { prototype?: Partial<CanActivate> };
  // The method may be a field of the class, which only instances have.
  return typeof prototype?.canActivate === 'function' || isClass(guard);
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
