import { jest } from '@jest/globals';
import type { Type } from '@nestjs/common';
import type {
  MintlifyPersonalizationOptions,
  ViewAsPermission,
  ViewAsPolicy,
} from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { mapperOf, type Host } from './apps.support.js';
import { privateDocsKeys } from './keys.support.js';
import type { Visitor } from './sessions.support.js';
import { resolverOf } from './tenants.support.js';

export const PAGES = 'https://app.acme.example';
export const VIEW_AS_PATH = '/docs/view-as';
export const REASON = 'Ticket 7: the billing page is missing';

/** A member of the tenant of Ada, with an API key; one of another tenant; and one who is blocked. */
export const GRACE: Visitor = { id: 'grace', firstName: 'Grace', roles: ['viewer'] };
export const PETER: Visitor = { id: 'peter', firstName: 'Peter', roles: ['support'] };
const BLOCKED: Visitor = { id: 'blocked', firstName: 'Blocked', roles: [] };
const MEMBERS = new Map([GRACE, PETER, BLOCKED].map((visitor) => [visitor.id, visitor]));

/** The key that the playground of each visitor is filled with, and that the docs of each show in examples. */
export const apiKeyOf = ({ id }: Pick<Visitor, 'id'>): string => `key-of-${id}-0123456789`;

/** What a policy of these tests is asked, and what it says. */
export interface PolicyCalls {
  readonly canViewAs: jest.Mock<ViewAsPolicy<Visitor>['canViewAs']>;
  readonly loadPrincipal: jest.Mock<ViewAsPolicy<Visitor>['loadPrincipal']>;
}

/** A policy that lets administrators view everyone of their tenant, unless a spec says otherwise. */
export function viewAsPolicy(): { viewAs: Type<ViewAsPolicy<Visitor>>; calls: PolicyCalls } {
  const calls: PolicyCalls = {
    canViewAs: jest.fn<ViewAsPolicy<Visitor>['canViewAs']>(({ roles }): boolean | ViewAsPermission =>
      roles.includes('admin'),
    ),
    loadPrincipal: jest.fn<ViewAsPolicy<Visitor>['loadPrincipal']>((subject) => MEMBERS.get(subject)),
  };
  class CallbackViewAsPolicy implements ViewAsPolicy<Visitor> {
    canViewAs = calls.canViewAs;
    loadPrincipal = calls.loadPrincipal;
  }
  return { viewAs: CallbackViewAsPolicy, calls };
}

/** Options that mount the route: the default docs are public, those of `initech`, where Peter is, are private. */
export const VIEW_AS = {
  handshakes: { viewAs: { origins: [PAGES] } },
  tenants: {
    initech: {
      docsUrl: 'https://internal.acme.example',
      mode: 'authentication',
      signingKey: privateDocsKeys.privateKey,
    },
  },
  tenantResolver: resolverOf((visitor) =>
    (visitor as Visitor | undefined)?.id === 'peter' ? 'initech' : undefined,
  ),
  claimMapper: mapperOf((visitor) => ({
    groups: visitor.roles,
    content: {
      firstName: visitor.firstName,
      apiKey: apiKeyOf(visitor),
      snippet: `curl ${apiKeyOf(visitor)}`,
    },
    apiPlaygroundInputs: {
      header: { 'X-Api-Key': apiKeyOf(visitor) },
      cookie: { session: `session-of-${visitor.id}` },
      server: { port: '3000' },
    },
  })),
} satisfies Partial<MintlifyPersonalizationOptions>;

/** What a browser sends with the `fetch` of a page, or with its form. */
export const fromPages = (origin = PAGES, dest = 'empty'): Record<string, string> => ({
  Origin: origin,
  'Sec-Fetch-Site': 'same-site',
  'Sec-Fetch-Mode': dest === 'empty' ? 'cors' : 'navigate',
  'Sec-Fetch-Dest': dest,
});

/** Posts as a script does: an object becomes JSON, a string is sent as it is. */
export const postViewAs = (
  host: Pick<Host, 'port'>,
  body: object | string,
  headers: Record<string, string>,
): request.Test =>
  request(`http://127.0.0.1:${host.port}`)
    .post(VIEW_AS_PATH)
    .set({ 'Content-Type': 'application/json', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

/** Posts as a form does. */
export const postViewAsForm = (
  host: Pick<Host, 'port'>,
  fields: Record<string, string>,
  headers: Record<string, string>,
): request.Test =>
  postViewAs(host, new URLSearchParams(fields).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...fromPages(PAGES, 'document'),
    ...headers,
  });
