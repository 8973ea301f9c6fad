import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { listHandshakePaths } from './handshake-paths.js';
import { HANDSHAKES } from './handshakes.js';
import { findModulePath } from './nest-internals.js';
import { RouteTable } from './route-table.js';

/**
 * Finds the handshake that a request is for, before the app's router runs. It matches paths as leniently as the most
 * lenient router: a false match only means that the rules of the handshake apply.
 *
 * @internal
 */
@Injectable()
export class HandshakeRoutes {
  #table: RouteTable<HandshakeDefinition> | undefined;

  constructor(
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
  ) {}

  /** @param url the target of Node's request */
  find(url = '/'): HandshakeDefinition | undefined {
    // Created on first use: prefix and versioning are set after the constructor runs.
    this.#table ??= this.#createTable();
    const end = url.indexOf('?');
    return this.#table.find(end < 0 ? url : url.slice(0, end));
  }

  #createTable(): RouteTable<HandshakeDefinition> {
    const modulePath = findModulePath(this.modules, HandshakeRoutes, this);
    const table = new RouteTable<HandshakeDefinition>();
    for (const definition of HANDSHAKES) {
      const mounted = this.handshakes[definition.option];
      if (mounted === false) continue;
      for (const path of listHandshakePaths(mounted, this.config, modulePath)) table.add(path, definition);
    }
    return table;
  }
}
