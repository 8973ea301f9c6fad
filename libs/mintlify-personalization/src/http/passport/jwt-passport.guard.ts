import { Inject, Injectable, type CanActivate, type ExecutionContext, type Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type * as Passport from '@nestjs/passport';
import { MintlifyPersonalizationError } from '../../errors.js';
import { listHandshakes, RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../../options/handshakes.js';

/** The injection token of `AuthGuard('jwt')`, which is loaded while the app starts. */
const AUTH_GUARD = Symbol('AUTH_GUARD');

/** @internal The passport strategy that the default guard uses. */
export const DEFAULT_STRATEGY = 'jwt';

/**
 * The default guard: `AuthGuard('jwt')` of `@nestjs/passport`. An app with guards of its own needs neither
 * `@nestjs/passport` nor `passport`.
 *
 * @internal
 */
@Injectable()
export class JwtPassportGuard implements CanActivate {
  constructor(@Inject(AUTH_GUARD) private readonly guard: CanActivate) {}

  canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    return this.guard.canActivate(context);
  }
}

/** @internal Loads the guard. The factory of a provider may be asynchronous, which `forRoot()` is not. */
export const AUTH_GUARD_PROVIDER: Provider = {
  provide: AUTH_GUARD,
  useFactory: async (moduleRef: ModuleRef, handshakes: ResolvedHandshakes): Promise<CanActivate> => {
    const { AuthGuard } = await loadPassport(listDefaults(handshakes));
    // With the settings of `PassportModule`, if it is one of `imports`.
    return moduleRef.create(AuthGuard(DEFAULT_STRATEGY));
  },
  inject: [ModuleRef, RESOLVED_HANDSHAKES],
};

/**
 * The options whose default is `AuthGuard('jwt')`.
 *
 * @internal
 */
export function listDefaults(handshakes: ResolvedHandshakes): string[] {
  return listHandshakes(handshakes).flatMap(([name, { guards }]) =>
    name !== 'oauth' && guards === undefined ? [`handshakes.${name}.guards`] : [],
  );
}

/**
 * Loads `@nestjs/passport`.
 *
 * @internal
 * @param options the options that need it
 * @throws MintlifyPersonalizationError `invalid_option` if it is not installed
 */
export async function loadPassport(options: readonly string[]): Promise<typeof Passport> {
  try {
    return await import('@nestjs/passport');
  } catch (cause) {
    const named = options.join(' and ');
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${named} ${options.length > 1 ? 'are' : 'is'} not set, and the default, AuthGuard('jwt'), needs the packages ` +
        `@nestjs/passport and passport, which could not be loaded. Set ${named} to your own guards, or run "npm install ` +
        '@nestjs/passport passport".',
      { cause },
    );
  }
}
