import { Inject, Injectable, type CanActivate, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  listHandshakes,
  RESOLVED_HANDSHAKES,
  type HandshakeGuard,
  type ResolvedHandshakes,
} from '../../options/handshakes.js';
import { invalidOptionError } from '../../options/invalid-option-error.js';
import { readStrategyNames } from '../nest-internals.js';
import { DEFAULT_STRATEGY, listDefaults, loadPassport } from '../passport/jwt-passport.guard.js';

/**
 * Stops the start if a guard is `AuthGuard('jwt')` and no passport strategy has that name: each visitor would get 500.
 * By then, all providers exist and all `onModuleInit()` have run, which is where strategies are registered.
 *
 * @internal
 */
@Injectable()
export class PassportStrategyChecker implements OnApplicationBootstrap {
  constructor(
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** @throws MintlifyPersonalizationError `invalid_option` */
  async onApplicationBootstrap(): Promise<void> {
    // Nest has `null` in an app without an HTTP server, which has no visitors.
    const httpAdapter = this.adapterHost.httpAdapter as object | null | undefined;
    if (httpAdapter === null || httpAdapter === undefined) return;
    const defaults = listDefaults(this.handshakes);
    for (const [name, { guards }] of listHandshakes(this.handshakes)) {
      const option = `handshakes.${name}.guards`;
      await this.#check(option, guards, defaults.includes(option));
    }
  }

  async #check(
    option: string,
    guards: readonly HandshakeGuard[] | undefined,
    isDefault: boolean,
  ): Promise<void> {
    if (!isDefault && guards?.some(mayBeAuthGuard) !== true) return;
    const { AuthGuard, PassportStrategy } = await loadPassport([option]);
    const jwtGuard = AuthGuard(DEFAULT_STRATEGY) as Type<CanActivate>;
    if (!isDefault && guards?.some((guard) => isGuardOf(guard, jwtGuard)) !== true) return;
    const names = readStrategyNames(PassportStrategy);
    if (names === undefined || names.includes(DEFAULT_STRATEGY)) return;
    throw invalidOptionError(
      option,
      `uses AuthGuard('jwt')${isDefault ? ', the default,' : ''} but no passport strategy is named 'jwt'`,
      `Add a provider that extends PassportStrategy(Strategy, 'jwt'), or set ${option} to your own guards.`,
    );
  }
}

/** Whether a guard has the methods of one that `AuthGuard()` creates: only then is `@nestjs/passport` loaded. */
function mayBeAuthGuard(guard: HandshakeGuard): boolean {
  const { handleRequest, getAuthenticateOptions } = prototypeOf(guard) as Record<string, unknown>;
  return typeof handleRequest === 'function' && typeof getAuthenticateOptions === 'function';
}

/** A subclass with a `canActivate()` of its own may not need the strategy. */
function isGuardOf(guard: HandshakeGuard, jwtGuard: Type<CanActivate>): boolean {
  const prototype = prototypeOf(guard);
  const isSame = prototype === jwtGuard.prototype || prototype instanceof jwtGuard;
  return isSame && (prototype as CanActivate).canActivate === (jwtGuard.prototype as CanActivate).canActivate;
}

function prototypeOf(guard: HandshakeGuard): object {
  return Object(typeof guard === 'function' ? guard.prototype : guard) as object;
}
