import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import type { HandshakeDefinition, HandshakeMethod } from './handshake.definition.js';
import { listHandshakePaths } from './handshake-paths.js';
import { HandshakeServices } from './handshake-services.js';
import { listMounted } from './handshakes.js';
import { findModulePath } from './nest-internals.js';
import { OWN_LOGIN } from './own-login/own-login.handshake.js';
import { listOwnLoginPaths } from './own-login/own-login-routes.js';
import { isPlainPath, RouteTable } from './route-table.js';

/** What is mounted for each method. */
type Tables = Readonly<Record<HandshakeMethod, RouteTable<HandshakeDefinition>>>;

/**
 * Finds the handshake that a request is for, before the app's router runs. It matches paths as leniently as the most
 * lenient router: a false match only means that the rules of the handshake apply.
 *
 * @internal
 */
@Injectable()
export class HandshakeRoutes {
  #tables: Tables | undefined;

  constructor(
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
    @Inject(HandshakeServices) private readonly services: HandshakeServices,
  ) {}

  /**
   * A preflight is for the handshake that pages of other origins may call. A request with any other method has the rules
   * of the handshake that browsers open.
   *
   * @param url the target of Node's request
   */
  find(url = '/', method = 'GET'): HandshakeDefinition | undefined {
    // Created on first use: prefix and versioning are set after the constructor runs.
    this.#tables ??= this.#createTables();
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    const { GET, POST } = this.#tables;
    const isForPost = method === 'POST' || method === 'OPTIONS';
    return isForPost ? (POST.find(path) ?? GET.find(path)) : (GET.find(path) ?? POST.find(path));
  }

  #createTables(): Tables {
    const modulePath = findModulePath(this.modules, HandshakeRoutes, this);
    const tables = {
      GET: new RouteTable<HandshakeDefinition>(),
      POST: new RouteTable<HandshakeDefinition>(),
    };
    for (const definition of listMounted(this.handshakes)) {
      const mounted = this.handshakes[definition.option];
      if (mounted === false) continue;
      const { method } = definition;
      const paths = listHandshakePaths(mounted, this.config, modulePath, method);
      for (const path of paths) tables[method].add(path, definition);
    }
    // A path with parameters may match other routes of the host app too: there, the handshake starts in its guard.
    for (const path of listOwnLoginPaths(this.modules, this.services, this.config).filter(isPlainPath)) {
      tables.GET.add(path, OWN_LOGIN);
    }
    return tables;
  }
}
