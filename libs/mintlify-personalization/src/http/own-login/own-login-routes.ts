import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { listHandshakePaths, type RouteConfig } from '../handshake-paths.js';
import { listHandlers, readModulePath, type HandlerRoute } from '../nest-internals.js';
import type { HandshakeServices } from '../handshake-services.js';
import { DOCS_LOGIN } from './docs-login.decorator.js';
import { OwnLoginGuard } from './own-login.guard.js';

/** @internal A route of the host app with `@DocsLogin()`. */
export interface OwnLoginRoute {
  readonly route: HandlerRoute;
  /** For messages: `SupportController.openDocs()`. */
  readonly name: string;
  /** The path of its module in `RouterModule`. */
  readonly modulePath: string;
}

/**
 * The routes with `@DocsLogin()` in the modules that see this import of the library's module. Call it after Nest has
 * instantiated the guards.
 *
 * @internal
 */
export function listOwnLogins(modules: ModulesContainer, services: HandshakeServices): OwnLoginRoute[] {
  return [...modules.values()]
    .filter(({ injectables }) => isGuardOf(injectables.get(OwnLoginGuard)?.instance, services))
    .flatMap(({ controllers, metatype }) =>
      [...controllers.values()].flatMap((wrapper) =>
        listHandlers(wrapper.metatype as Type, DOCS_LOGIN).map((route) => ({
          route,
          name: `${String(wrapper.name)}.${route.handler}()`,
          modulePath: readModulePath(modules, metatype),
        })),
      ),
    );
}

/**
 * Their paths, as {@link listHandshakePaths} has them.
 *
 * @internal
 */
export function listOwnLoginPaths(
  modules: ModulesContainer,
  services: HandshakeServices,
  config: RouteConfig,
): string[] {
  return listOwnLogins(modules, services).flatMap(({ route: { paths, version }, modulePath }) =>
    paths.flatMap((path) => listHandshakePaths({ path, version }, config, modulePath)),
  );
}

function isGuardOf(guard: unknown, services: HandshakeServices): boolean {
  return guard instanceof OwnLoginGuard && guard.services === services;
}
