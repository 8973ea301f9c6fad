import { afterEach, beforeEach } from '@jest/globals';
import { AuthGuard } from '@nestjs/passport';
import type { DynamicModule } from '@nestjs/common';
import { DocsDiscoveryModule, type DocsDiscoveryOptions } from 'nestjs-mintlify-personalization/discovery';
import request from 'supertest';
import type { Host, Style } from './apps.support.js';
import { DiscoveryServer } from './discovery-server.support.js';

export const DISCOVERY_KEY = 'mint_dsc_canary-of-a-discovery-key';
export const PAGES = 'https://app.acme.example';
export const ROUTES = { guards: [AuthGuard('jwt')], origins: [PAGES] };
export const QUESTION = {
  messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'canary-of-a-question' }] }],
};

/** The settings of a docs site whose API is this server. */
export const settingsFor = ({ baseUrl }: DiscoveryServer, domain = 'acme', apiKey = DISCOVERY_KEY) => ({
  domain,
  apiKey,
  baseUrl,
});

/** The module, in one style or the other. */
export function importDiscovery(
  style: Style,
  options: DocsDiscoveryOptions = { routes: ROUTES },
): DynamicModule {
  if (style === 'forRoot') return DocsDiscoveryModule.forRoot(options);
  const { routes, imports, isGlobal, ...limits } = options;
  return DocsDiscoveryModule.forRootAsync({
    ...(routes !== undefined && { routes }),
    imports,
    isGlobal,
    useFactory: () => Promise.resolve(limits),
  });
}

/** A server for each test of a file. */
export function useDiscoveryServer(): () => DiscoveryServer {
  let server: DiscoveryServer;
  beforeEach(async () => {
    server = await DiscoveryServer.start();
  });
  afterEach(() => server.close());
  return () => server;
}

/** What a script of the host's own page sends. */
export function postDocs(
  { port }: Pick<Host, 'port'>,
  path: 'search' | 'page' | 'assistant',
  body: unknown,
  headers: Record<string, string>,
): request.Test {
  return request(`http://127.0.0.1:${port}`)
    .post(`/docs/${path}`)
    .set({ 'Content-Type': 'application/json', Origin: PAGES, 'Sec-Fetch-Dest': 'empty', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}
