import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { listHandshakePaths } from './handshake-paths.js';
import { HANDSHAKES } from './handshakes.js';
import { findModulePath } from './nest-internals.js';
import { RouteTable } from './route-table.js';

/**
 * Tells which handshake a request is for, before the app's router is asked. A path is read as leniently as the most
 * lenient router would read it: what is taken for a handshake in vain is only held to its rules.
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

  /** @param url the request's target, as Node has it */
  find(url = '/'): HandshakeDefinition | undefined {
    // Once the app is composed: prefix and versioning are set after this is made.
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
