import { expect } from '@jest/globals';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import type { Response } from 'supertest';
import { mapperOf, type Host } from './apps.support.js';
import { readArrival, verifyToken } from './docs-arrival.support.js';
import { privateDocsKeys } from './keys.support.js';
import { PRIVATE_TOKEN_VERIFIERS, readPrivateArrival } from './private-docs-arrival.support.js';
import { ADA, bearer, cookie, type Visitor } from './sessions.support.js';
import { resolverOf } from './tenants.support.js';
import { DOCS, OAUTH_PATH, PlainTokenGuard, preflight, SESSION_PATH } from './user-info.support.js';

/** A visitor of the private docs, and one whom the mapper cannot map. */
const PETER: Visitor = { id: 'peter', firstName: 'Peter', roles: ['support'] };
const BROKEN: Visitor = { id: 'broken', firstName: 'canary', roles: [] };

const PRIVATE_DOCS = 'https://internal.acme.example';
const FOREIGN = 'https://evil.example';

/** Options that mount every handshake there is: JWT for public and for private docs, shared session, OAuth. */
export const EVERY_HANDSHAKE = {
  loginUrl: 'https://acme.example/login',
  handshakes: { sharedSession: {}, oauth: { guards: [PlainTokenGuard] } },
  tenants: {
    initech: { docsUrl: PRIVATE_DOCS, mode: 'authentication', signingKey: privateDocsKeys.privateKey },
  },
  tenantResolver: resolverOf((visitor) =>
    (visitor as Visitor | undefined)?.id === 'peter' ? 'initech' : undefined,
  ),
  claimMapper: mapperOf(({ id, firstName, roles }) => {
    if (id === 'broken') throw new Error(firstName);
    return { groups: roles, content: { firstName } };
  }),
} satisfies Partial<MintlifyPersonalizationOptions>;

type Asked = Pick<Host, 'get' | 'port'>;

/**
 * Asks every handshake, as visitors and docs do, and tells what of the answers is the library's to say: where they lead,
 * what they hold, what caches and other origins may do with them.
 *
 * @param prefix of the routes, such as `/api/v1`
 * @param query that clients add, whatever it is
 */
export async function askEveryHandshake(
  host: Asked,
  prefix = '',
  query = 'utm_source=mail',
): Promise<object> {
  const login = (parameters: string, headers: Record<string, string> = {}) =>
    host.get(`${prefix}/docs-login?${parameters}&${query}`, headers);
  const session = `${prefix}${SESSION_PATH}?${query}`;
  const oauth = `${prefix}${OAUTH_PATH}?${query}`;
  const place = 'redirect=/a&anchor=one';
  return {
    login: await readLogin(await login(place, await bearer())),
    privateLogin: await readPrivateLogin(await login(place, await bearer(PETER))),
    anonymousLogin: readRefusal(await login(place)),
    brokenLogin: readRefusal(await login(place, await bearer(BROKEN))),
    framedLogin: (await login(place, { ...(await bearer()), 'Sec-Fetch-Dest': 'iframe' })).status,
    session: readUserInfo(await host.get(session, { Origin: DOCS, ...(await cookie()) })),
    anonymousSession: readUserInfo(await host.get(session, { Origin: DOCS })),
    brokenSession: readUserInfo(await host.get(session, { Origin: DOCS, ...(await cookie(BROKEN)) })),
    foreignSession: readUserInfo(await host.get(session, { Origin: FOREIGN, ...(await cookie()) })),
    ownSession: readUserInfo(await host.get(session, await cookie())),
    sessionPreflight: readPreflight(await preflight(host, session, DOCS)),
    oauth: readUserInfo(await host.get(oauth, { Origin: DOCS, Authorization: 'Bearer ada' })),
    anonymousOAuth: readUserInfo(await host.get(oauth, { Origin: DOCS })),
    foreignOAuth: readUserInfo(await host.get(oauth, { Origin: FOREIGN, Authorization: 'Bearer ada' })),
    oauthPreflight: readPreflight(await preflight(host, oauth, DOCS)),
  };
}

/** What {@link askEveryHandshake} tells, whatever the host app does for its own routes. */
export function everyHandshakeAnswered(prefix = ''): object {
  const redirect = { status: 302, body: '', cacheControl: 'no-store', referrerPolicy: 'no-referrer' };
  const ada = { groups: ADA.roles, content: { firstName: 'Ada' }, expiresAt: expect.any(Number) };
  const times = { iat: expect.any(Number), exp: expect.any(Number), expiresAt: expect.any(Number) };
  const returnTo = encodeURIComponent(`${prefix}/docs-login?redirect=%2Fa&anchor=one&login-attempt=1`);
  const json = { cacheControl: 'private, no-store', referrerPolicy: 'no-referrer', isForOneOrigin: true };
  const readable = {
    'access-control-allow-origin': DOCS,
    'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
  };
  const credentialed = { ...readable, 'access-control-allow-credentials': 'true' };
  const unauthenticated = { status: 401, body: { statusCode: 401, code: 'unauthenticated' } };
  const broken = { status: 500, body: { statusCode: 500, code: 'claim_mapper_failed' } };
  const foreign = { status: 403, body: { statusCode: 403, code: 'origin_not_allowed' }, ...json, cors: {} };
  const allowed = {
    'access-control-allow-origin': DOCS,
    'access-control-allow-methods': 'GET',
    'access-control-max-age': '600',
  };
  return {
    login: { ...redirect, page: `${DOCS}/a`, anchor: 'one', claims: { ...ada, ...times } },
    privateLogin: {
      ...redirect,
      callback: `${PRIVATE_DOCS}/login/jwt-callback`,
      redirect: '/a#one',
      claims: {
        groups: ['support'],
        content: { firstName: 'Peter' },
        host: 'internal.acme.example',
        ...times,
      },
    },
    anonymousLogin: { ...redirect, location: `https://acme.example/login?returnTo=${returnTo}` },
    brokenLogin: { ...redirect, ...broken, location: undefined },
    framedLogin: 403,
    session: { status: 200, body: ada, ...json, cors: credentialed },
    anonymousSession: { ...unauthenticated, ...json, cors: credentialed },
    brokenSession: { ...broken, ...json, cors: credentialed },
    foreignSession: foreign,
    ownSession: { status: 200, body: ada, ...json, cors: {} },
    sessionPreflight: { status: 204, cors: { ...allowed, 'access-control-allow-credentials': 'true' } },
    oauth: { status: 200, body: ada, ...json, cors: readable },
    anonymousOAuth: { ...unauthenticated, ...json, cors: readable, challenge: 'Bearer' },
    foreignOAuth: foreign,
    oauthPreflight: { status: 204, cors: { ...allowed, 'access-control-allow-headers': 'Authorization' } },
  };
}

async function readLogin(response: Response): Promise<object> {
  const { page, anchor, token } = readArrival(response.get('location'));
  return { ...readKept(response), body: response.text, page, anchor, claims: await verifyToken(token) };
}

async function readPrivateLogin(response: Response): Promise<object> {
  const { callback, redirect, token } = readPrivateArrival(response.get('location'));
  const claims = await PRIVATE_TOKEN_VERIFIERS['jose']?.(token, privateDocsKeys.publicKey);
  return { ...readKept(response), body: response.text, callback, redirect, claims };
}

function readRefusal(response: Response): object {
  return { ...readKept(response), body: bodyOf(response), location: response.get('location') };
}

function readUserInfo(response: Response): object {
  const { status, cacheControl, referrerPolicy } = readKept(response);
  const vary = String(response.get('vary')).toLowerCase().split(/, */);
  const challenge = response.get('www-authenticate');
  return {
    status,
    body: bodyOf(response),
    cacheControl,
    referrerPolicy,
    isForOneOrigin: vary.includes('origin'),
    cors: corsOf(response),
    ...(challenge !== undefined && { challenge }),
  };
}

function readPreflight(response: Response): object {
  return { status: response.status, cors: corsOf(response) };
}

function readKept(response: Response) {
  return {
    status: response.status,
    cacheControl: response.get('cache-control'),
    referrerPolicy: response.get('referrer-policy'),
  };
}

/** As it was sent. */
function bodyOf({ text }: Response): unknown {
  return text === '' ? '' : (JSON.parse(text) as unknown);
}

function corsOf({ headers }: Response): object {
  const all = Object.entries(headers as Record<string, string>);
  return Object.fromEntries(all.filter(([name]) => name.startsWith('access-control-')));
}
