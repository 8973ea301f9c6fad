import { Inject, Injectable, Logger } from '@nestjs/common';
import { ApplicationConfig, ModuleRef, ModulesContainer } from '@nestjs/core';
import { nameTenant } from '../../errors.js';
import {
  listHandshakes,
  RESOLVED_HANDSHAKES,
  type HandshakeGuard,
  type ResolvedHandshakes,
} from '../../options/handshakes.js';
import type { ResolvedHandshake } from '../../options/resolved-handshake.js';
import { invalidOptionError } from '../../options/invalid-option-error.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/app-options.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import { HandshakeServices } from '../handshake-services.js';
import { assertOwnLogins } from './own-logins.js';
import { listOwnLogins } from '../own-login/own-login-routes.js';
import { assertNoLoginLoop } from './login-loop.js';
import { assertNoRouteOverlap, listRoutes, type MountedRoute } from './mounted-routes.js';
import { assertRedirectFits } from './shortest-redirect.js';
import { isHiddenByVersion, listHandshakePaths } from '../handshake-paths.js';
import { readModulePath } from '../nest-internals.js';
import { RouteTable } from '../route-table.js';

/** One import of this library's module in the host app. */
interface Import {
  readonly handshakes: ResolvedHandshakes;
  readonly modulePath: string;
}

/**
 * Checks what is only known once the host app is composed: where the routes are mounted, which routes other imports of
 * this module have, and whether redirects fit. A mistake stops the app at start.
 *
 * @internal
 */
@Injectable()
export class HandshakeSetupChecker {
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(HandshakeServices) private readonly services: HandshakeServices,
  ) {}

  /**
   * Call it after prefix and versions are set and before the routes are mounted, since the error of a router would not
   * name the option.
   *
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  check(): void {
    const imports = this.#findImports();
    const { modulePath = '' } = imports.find(({ handshakes }) => handshakes === this.handshakes) ?? {};
    this.#assertNoRouteOverlap(imports, modulePath);
    this.#assertGuards();
    this.#warnOfHiddenRoutes();
    this.#assertOwnLogins();
    const { jwt } = this.handshakes;
    if (jwt === false) return;
    this.#assertNoLoginLoop(jwt, modulePath);
    this.#assertRedirectsFit();
  }

  #findImports(): Import[] {
    return [...this.modules.values()].flatMap(({ providers, metatype }) => {
      const handshakes = providers.get(RESOLVED_HANDSHAKES)?.instance as ResolvedHandshakes | undefined;
      return handshakes === undefined
        ? []
        : [{ handshakes, modulePath: readModulePath(this.modules, metatype) }];
    });
  }

  #assertNoRouteOverlap(imports: readonly Import[], modulePath: string): void {
    const others = imports.filter(({ handshakes }) => handshakes !== this.handshakes);
    assertNoRouteOverlap(
      listRoutes(this.handshakes, modulePath),
      others.flatMap((each): MountedRoute[] => listRoutes(each.handshakes, each.modulePath)),
      this.config.getVersioning(),
    );
  }

  /** The method may be a field of the class, so it needs an instance, which only exists now. */
  #assertGuards(): void {
    for (const [name, { guards = [] }] of listHandshakes(this.handshakes)) {
      const wrong = guards.findIndex((guard) => !this.#isGuard(guard));
      if (wrong === -1) continue;
      throw invalidOptionError(
        `handshakes.${name}.guards[${wrong}]`,
        'is a class without a canActivate() method',
        'Implement CanActivate.',
      );
    }
  }

  #isGuard(guard: HandshakeGuard): boolean {
    if (typeof guard !== 'function') return true;
    try {
      const { canActivate } = this.moduleRef.get<{ canActivate?: unknown }>(guard, { strict: true });
      return typeof canActivate === 'function';
    } catch {
      // Request-scoped: there is no instance yet.
      return true;
    }
  }

  #warnOfHiddenRoutes(): void {
    for (const [option, mounted] of listHandshakes(this.handshakes)) {
      if (!isHiddenByVersion(mounted, this.config)) continue;
      this.#logger.warn(
        `handshakes.${option} has a version, but this app reads versions from a request header, which browsers do not ` +
          `send. Visitors get 404. Set handshakes.${option}.version to VERSION_NEUTRAL.`,
      );
    }
  }

  #assertOwnLogins(): void {
    const routes = listOwnLogins(this.modules, this.services);
    if (routes.length === 0) return;
    assertOwnLogins(routes);
    for (const { id, key } of this.tenants.configured) forTenant(id, () => assertKey(key));
  }

  #assertNoLoginLoop(jwt: ResolvedHandshake, modulePath: string): void {
    // A parameter at the end would also match the host's own login page.
    if (/:[^/]*\/?$/.test(jwt.path)) return;
    const routes = new RouteTable<true>();
    for (const path of listHandshakePaths(jwt, this.config, modulePath)) routes.add(path, true);
    const isLoginPath = (path: string): boolean => routes.find(path) === true;
    for (const [tenantId, site] of [[undefined, this.options] as const, ...this.options.tenants]) {
      forTenant(tenantId, () => assertNoLoginLoop(site, isLoginPath));
    }
  }

  #assertRedirectsFit(): void {
    for (const tenant of this.tenants.configured) {
      forTenant(tenant.id, () => assertRedirectFits(tenant, this.options.maxRedirectUrlLength));
    }
  }
}

function assertKey(key: unknown): void {
  if (key !== undefined) return;
  throw invalidOptionError(
    'signingKey',
    'is not set, and a route with @DocsLogin() signs with it',
    'Set it.',
  );
}

function forTenant(tenantId: string | undefined, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw nameTenant(tenantId, error);
  }
}
