import { equal } from 'node:assert/strict';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { NotLoggedInError, OpenDocsError, openDocs } from 'nestjs-mintlify-personalization/browser';
import { errorOf } from '../../../support/modules.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const ENDPOINT = 'https://api.foo.com/docs-login';
const ACCESS_TOKEN = 'a.secret.token';
const DOCS = 'https://docs.foo.com/quickstart#jwt=eyJ.e30.c2ln&anchor=a';

const sent = jest.fn<typeof fetch>();
const original = { fetch: globalThis.fetch };

/** A page of the app at an address, and a backend with one answer. */
function openPage(address: string, answer: () => Response | Promise<Response>) {
  const { search, hash } = new URL(address, 'https://app.foo.com');
  const replace = jest.fn<(url: string) => void>();
  Object.assign(globalThis, { location: { search, hash, replace } });
  sent.mockReset().mockImplementation(async () => answer());
  globalThis.fetch = sent;
  return { replace };
}

const bodyOf = (call: unknown): unknown => JSON.parse((call as RequestInit).body as string);

afterEach(() => {
  globalThis.fetch = original.fetch;
  Reflect.deleteProperty(globalThis, 'location');
});

describe('openDocs', () => {
  it('posts with the access token and without cookies, and replaces the page', async () => {
    const { replace } = openPage('/docs-login?redirect=%2Fquickstart&anchor=a', () =>
      Response.json({ url: DOCS }),
    );
    await openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN });
    expect(sent.mock.calls).toEqual([
      [
        ENDPOINT,
        {
          method: 'POST',
          headers: { Authorization: `Bearer ${ACCESS_TOKEN}`, 'Content-Type': 'application/json' },
          body: '{"redirect":"/quickstart","anchor":"a"}',
          credentials: 'omit',
          redirect: 'error',
        },
      ],
    ]);
    expect(replace.mock.calls).toEqual([[DOCS]]);
  });

  it.each([
    ['/docs-login', {}],
    ['/docs-login?redirect=', {}],
    ['/docs-login?redirect=%2Fa%3Fb%3Dc%23d&utm=x', { redirect: '/a?b=c#d' }],
    ['/#/docs-login?redirect=%2Fa&anchor=b', { redirect: '/a', anchor: 'b' }],
    ['/#!/docs-login?redirect=/a?b=c', { redirect: '/a?b=c' }],
    ['/?anchor=b#/docs-login?redirect=%2Fa', { redirect: '/a', anchor: 'b' }],
    ['/?redirect=%2Fa#/docs-login?redirect=%2Fb', { redirect: '/a' }],
    ['/docs-login#redirect=/a', {}],
    ['/docs-login?%72edirect=/a', { redirect: '/a' }],
    [
      `/login?returnTo=${encodeURIComponent('/docs-login?redirect=%2Fa%3Fb&anchor=c&login-attempt=1')}`,
      { redirect: '/a?b', anchor: 'c' },
    ],
    [`/#/login?returnTo=${encodeURIComponent('/docs-login?redirect=%2Fa')}`, { redirect: '/a' }],
    [`/login?redirect=%2Fa&returnTo=${encodeURIComponent('/docs-login?redirect=%2Fb')}`, { redirect: '/a' }],
    ['/login?returnTo=%2Fdocs-login', {}],
  ])('reads the address of the page: %s', async (address, body) => {
    openPage(address, () => Response.json({ url: DOCS }));
    await openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN });
    expect(bodyOf(sent.mock.calls[0]?.[1])).toEqual(body);
  });

  it('passes any page on as it is, in both places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('/docs-login?', '/#/docs-login?'),
        async (redirect, start) => {
          openPage(start + new URLSearchParams({ redirect }).toString(), () => Response.json({ url: DOCS }));
          await openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN });
          equal((bodyOf(sent.mock.calls[0]?.[1]) as { redirect: string }).redirect, redirect);
        },
      ),
      propertyRuns(100),
    );
  });

  it.each([
    [() => Response.json({ statusCode: 401, code: 'unauthenticated' }, { status: 401 }), 'unauthenticated'],
    [() => new Response('<h1>Login</h1>', { status: 401 }), undefined],
  ])('says that no one is logged in', async (answer, code) => {
    const { replace } = openPage('/docs-login', answer);
    const error = await errorOf(() => openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN }));
    expect(error).toBeInstanceOf(NotLoggedInError);
    expect(error).toMatchObject({ name: 'NotLoggedInError', status: 401, code });
    expect(replace).not.toHaveBeenCalled();
  });

  it('asks nothing without an access token', async () => {
    openPage('/docs-login', () => Response.json({ url: DOCS }));
    const error = await errorOf(() => openDocs({ endpoint: ENDPOINT, accessToken: '' }));
    expect(error).toBeInstanceOf(NotLoggedInError);
    expect(sent).not.toHaveBeenCalled();
  });

  it.each([
    [
      'an error of the backend',
      () => Response.json({ code: 'overloaded' }, { status: 503 }),
      503,
      'overloaded',
    ],
    [
      'another origin',
      () => Response.json({ code: 'origin_not_allowed' }, { status: 403 }),
      403,
      'origin_not_allowed',
    ],
    ['an error page', () => new Response('<h1>', { status: 502 }), 502, undefined],
    ['no JSON', () => new Response('<h1>'), 200, undefined],
    ['no URL', () => Response.json({}), 200, undefined],
    ['nothing', () => Response.json(null), 200, undefined],
    ['no absolute URL', () => Response.json({ url: '/quickstart' }), 200, undefined],
    ['a script', () => Response.json({ url: 'javascript:alert(1)' }), 200, undefined],
    ['data', () => Response.json({ url: 'data:text/html,x' }), 200, undefined],
    ['a blob', () => Response.json({ url: 'blob:https://docs.foo.com/x' }), 200, undefined],
    [
      'no answer',
      () => Promise.reject(new TypeError(`Failed to fetch ${ACCESS_TOKEN}`)),
      undefined,
      undefined,
    ],
  ])('goes nowhere for %s, and says what it got', async (_, answer, status, code) => {
    const { replace } = openPage('/docs-login', answer);
    const error = await errorOf(() => openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN }));
    expect(error).toBeInstanceOf(OpenDocsError);
    expect(error).not.toBeInstanceOf(NotLoggedInError);
    expect(error).toMatchObject({ name: 'OpenDocsError', status, code });
    expect((error as Error).message).not.toMatch(/secret|eyJ/);
    expect(replace).not.toHaveBeenCalled();
  });

  it.each([
    ['https://docs.foo.com', true],
    ['https://docs.foo.com/', true],
    ['https://docs.foo.com/base', true],
    ['https://foo.com', false],
    ['http://docs.foo.com', false],
    ['https://docs.foo.com:8443', false],
    ['docs.foo.com', false],
    ['', false],
  ])('goes to the origin of the docs alone, where it is given: %s', async (docsOrigin, isAllowed) => {
    const { replace } = openPage('/docs-login', () => Response.json({ url: DOCS }));
    const error = await errorOf(() =>
      openDocs({ endpoint: ENDPOINT, accessToken: ACCESS_TOKEN, docsOrigin }),
    ).catch(() => undefined);
    expect([replace.mock.calls.length, error instanceof OpenDocsError]).toEqual(
      isAllowed ? [1, false] : [0, true],
    );
  });
});
