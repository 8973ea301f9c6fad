import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { createTestSigningKey, FixedClock } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest';
import { errorOf } from '../../../support/modules.support.js';

const key = createTestSigningKey();
const clock = new FixedClock('2030-01-01T00:00:00Z');
const nowSeconds = clock.now() / 1_000;
const user = { groups: ['admin', 'staff'], content: { firstName: 'Ada', plan: { name: 'pro' } } };
const token = await new SignJWT({ ...user, exp: nowSeconds + 10 })
  .setProtectedHeader({ alg: 'ES256' })
  .sign(createPrivateKey(key.privateKey));
const page = 'https://foo.com/docs/quickstart?tab=npm#step%20one';
const location = `https://foo.com/docs/quickstart?tab=npm#jwt=${token}&anchor=step%20one`;
const headers = { location, 'cache-control': 'no-store' };

const noStore = { 'cache-control': 'no-store' };

/** What tells where a visitor is sent, as each client gives it. */
const REDIRECTS: [string, unknown][] = [
  ['a Location', location],
  ['a URL', new URL(location)],
  ['an answer of supertest', { status: 302, headers }],
  ['an answer of fetch', { status: 302, headers: new Headers(headers) }],
  ["an answer of Fastify's inject", { statusCode: 302, headers }],
  [
    'an answer to a single-page app, of supertest',
    { status: 200, headers: noStore, body: { url: location } },
  ],
  [
    "an answer to a single-page app, of Fastify's inject",
    { statusCode: 200, headers: noStore, json: () => ({ url: location }) },
  ],
  ['the JSON for a single-page app', { url: location }],
];

/** What a matcher says when it fails: never the token. */
async function failureOf(run: () => unknown): Promise<string> {
  const { message } = (await errorOf(run)) as Error;
  for (const part of token.split('.')) expect(message).not.toContain(part);
  return message;
}

describe('toBeDocsRedirect', () => {
  it.each(REDIRECTS)('takes %s', (_, answer) => {
    expect(answer).toBeDocsRedirect();
    expect(answer).toBeDocsRedirect(page);
    expect(answer).toBeDocsRedirect(new URL('https://foo.com/docs/quickstart?tab=npm#step one'));
  });

  it('takes the front page with and without its slash', () => {
    expect(`https://foo.com/#${token}`).toBeDocsRedirect('https://foo.com');
    expect(`https://foo.com/#${token}`).toBeDocsRedirect('https://foo.com/');
  });

  it.each([
    'https://foo.com/docs/quickstart?tab=npm',
    'https://foo.com/docs/quickstart?tab=npm#step-two',
    'https://foo.com/docs/quickstart?tab=yarn#step%20one',
    'https://foo.com/docs#step%20one',
    'https://docs.foo.com/docs/quickstart?tab=npm#step%20one',
  ])('fails for another page than %s, and names both', async (other) => {
    const failure = await failureOf(() => expect(location).toBeDocsRedirect(other));
    expect(failure).toContain(`"${other}"`);
    expect(failure).toContain(`"${page}"`);
    expect(location).not.toBeDocsRedirect(other);
  });

  it.each<[string, unknown, RegExp]>([
    ['another status', { status: 500, headers: {} }, /status of the response is 500/],
    ['a status that redirects otherwise', { status: 301, headers }, /is 301/],
    ['no Location', { status: 302, headers: {} }, /no Location/],
    ['a login page', { status: 302, headers: { location: '/login' } }, /not absolute/],
    [
      'JSON that is no answer to an app',
      { status: 200, headers: noStore, body: { groups: [] } },
      /not \{ url \}/,
    ],
    [
      'a body that is no JSON',
      { statusCode: 200, headers: noStore, json: () => JSON.parse('<') },
      /not \{ url \}/,
    ],
    ['an answer of fetch that is not read', Response.json({ url: location }), /await response\.json\(\)/],
    [
      'an answer to an app that a cache may keep',
      { status: 200, headers: {}, body: { url: location } },
      /not no-store/,
    ],
    ['an answer to an app with a login page', { url: '/login' }, /not absolute/],
    ['a token in the query', `https://foo.com/?jwt=${token}`, /token in its query/],
    ['an answer that a cache may keep', { status: 302, headers: { location } }, /not no-store/],
    [
      'one that a cache keeps',
      { status: 302, headers: { location, 'cache-control': 'no-store-x' } },
      /not no-store/,
    ],
  ])('fails for %s, and says why', async (_, answer, message) => {
    expect(await failureOf(() => expect(answer).toBeDocsRedirect())).toMatch(message);
    expect(answer).not.toBeDocsRedirect();
  });

  it('fails where none was to be', async () => {
    expect(await failureOf(() => expect(location).not.toBeDocsRedirect())).toMatch(
      /Expected no redirect to https:/,
    );
  });

  it.each([undefined, null, 7, {}, { headers: null }, Promise.resolve({ headers: {} })])(
    'is an error for what is no answer, also with not: %#',
    async (answer) => {
      expect(await failureOf(() => expect(answer).toBeDocsRedirect())).toMatch(
        /that the request was awaited/,
      );
      expect(await failureOf(() => expect(answer).not.toBeDocsRedirect())).toMatch(
        /that the request was awaited/,
      );
    },
  );

  it('is an error for a page that is none, also with not', async () => {
    expect(await failureOf(() => expect(location).not.toBeDocsRedirect('/a'))).toMatch(
      /must be an absolute URL/,
    );
  });
});

describe('toIdentify', () => {
  it.each([...REDIRECTS, ['a token', token] as const])('takes %s', async (_, answer) => {
    await expect(answer).toIdentify(user, { key, clock });
    await expect(answer).toIdentify({ groups: ['admin', 'staff'] }, { key, clock });
    await expect(answer).not.toIdentify({ groups: ['admin'] }, { key, clock });
  });

  it.each<[string, unknown]>([
    ['supertest', { status: 200, headers: {}, body: user }],
    ['fetch', { status: 200, headers: new Headers(), json: () => Promise.resolve(user), body: {} }],
    ["Fastify's inject", { statusCode: 200, headers: {}, json: () => user, body: JSON.stringify(user) }],
  ])('takes the user-info answer of %s, which needs no key', async (_, answer) => {
    await expect(answer).toIdentify(user);
    await expect(answer).not.toIdentify({ groups: [] });
  });

  it('reads a body twice, and headers of any implementation and case', async () => {
    const answer = Response.json(user);
    await expect(answer).toIdentify(user);
    await expect(answer).toIdentify(user);
    const cacheControl = 'no-store';
    expect({
      status: 302,
      headers: { Location: location, 'Cache-Control': cacheControl },
    }).toBeDocsRedirect();
    const others = new Map([
      ['location', location],
      ['cache-control', cacheControl],
    ]);
    expect({ status: 302, headers: others }).toBeDocsRedirect();
  });

  it('takes asymmetric matchers', async () => {
    const content = expect.objectContaining({ plan: { name: 'pro' } });
    await expect(token).toIdentify({ content, groups: expect.arrayContaining(['staff']) }, { key, clock });
  });

  it('says what was expected, and what the docs learn', async () => {
    const failure = await failureOf(() => expect(location).toIdentify({ groups: ['admin'] }, { key, clock }));
    expect(failure).toMatch(/Expected: \{"groups": \["admin"\]\}\nReceived: .*"staff"/);
  });

  it.each<[string, unknown, object, RegExp]>([
    [
      'a token of another key',
      token,
      { key: createTestSigningKey() },
      /will reject the token: its signature/,
    ],
    [
      'a token of another mode',
      token,
      { key: createTestSigningKey('authentication') },
      /not signed by EdDSA/,
    ],
    ['a token that has expired', token, { clock: new FixedClock('2030-01-01T00:00:10Z') }, /has expired/],
    ['a token that is none', 'eyJhbGciOiJFUzI1NiJ9.x.y', {}, /not a JSON Web Token/],
    ['no redirect', { status: 401, headers: {} }, {}, /is 401/],
    ['a user-info answer without a user', { status: 200, headers: {}, body: [] }, {}, /not a JSON object/],
    ['a user-info answer that is no JSON', new Response('<p>'), {}, /not a JSON object/],
  ])('fails for %s, and says why', async (_, answer, checks, message) => {
    const all = { key, clock, ...checks };
    expect(await failureOf(() => expect(answer).toIdentify({}, all))).toMatch(message);
    await expect(answer).not.toIdentify({}, all);
  });

  it('fails where it is the visitor who was not to be', async () => {
    const failure = await failureOf(() => expect(location).not.toIdentify(user, { key, clock }));
    expect(failure).toMatch(/not to get these fields/);
  });

  it('is an error for a token without a key, and for what is no answer, also with not', async () => {
    expect(await failureOf(() => expect(location).not.toIdentify(user))).toMatch(
      /toIdentify\(visitor, \{ key \}\)/,
    );
    expect(await failureOf(() => expect(undefined).not.toIdentify(user, { key }))).toMatch(
      /request was awaited/,
    );
  });

  it('prints no token that a field holds', async () => {
    const failure = await failureOf(() => expect(token).toIdentify({ content: { token } }, { key, clock }));
    expect(failure).toContain('[token]');
  });
});
