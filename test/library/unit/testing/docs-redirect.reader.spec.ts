import { strict as assert } from 'node:assert';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DocsArrivalError, readDocsRedirect } from 'nestjs-mintlify-personalization/testing';
import { createRedirectUrl } from '../../../../libs/mintlify-personalization/src/mintlify/redirect-url.js';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { docsSite } from '../../../support/sites.support.js';

const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl';
const CALLBACK = 'https://docs.foo.com/login/jwt-callback';

const messageOf = (location: string | URL | null | undefined): string => {
  try {
    readDocsRedirect(location);
  } catch (error) {
    assert(error instanceof DocsArrivalError);
    return error.message;
  }
  throw new Error('It was read.');
};

describe('readDocsRedirect', () => {
  it('reads the token alone', () => {
    const redirect = readDocsRedirect(`https://docs.foo.com/quickstart?tab=npm#${TOKEN}`);
    expect(redirect).toEqual({
      mode: 'personalization',
      origin: 'https://docs.foo.com',
      path: '/quickstart',
      query: '?tab=npm',
      page: 'https://docs.foo.com/quickstart?tab=npm',
    });
    expect(redirect.token).toBe(TOKEN);
    expect(redirect.anchor).toBeUndefined();
  });

  it('reads token and anchor, decoded, and a plus sign as it is', () => {
    const { token, anchor, page } = readDocsRedirect(
      `https://foo.com/docs/a#jwt=${TOKEN}&anchor=%C3%BCber%20c++%26d`,
    );
    expect([token, anchor, page]).toEqual([TOKEN, 'über c++&d', 'https://foo.com/docs/a']);
  });

  it('reads the callback of private docs, with the page, its query and its anchor inside', () => {
    const redirect = readDocsRedirect(`${CALLBACK}?redirect=%2Fa%3Ftab%3Dnpm%23step-one#${TOKEN}`);
    expect(redirect).toEqual({
      mode: 'authentication',
      origin: 'https://docs.foo.com',
      path: '/a',
      query: '?tab=npm',
      page: 'https://docs.foo.com/a?tab=npm',
      anchor: 'step-one',
    });
    expect(redirect.token).toBe(TOKEN);
  });

  it('takes private docs without a page to their front page, and an anchor that is badly encoded as it is', () => {
    expect(readDocsRedirect(new URL(`${CALLBACK}#${TOKEN}`)).path).toBe('/');
    expect(readDocsRedirect(`${CALLBACK}?redirect=%2Fa%23%25zz#${TOKEN}`).anchor).toBe('%zz');
  });

  it.each<[string, string | URL | null | undefined, RegExp]>([
    ['no Location', undefined, /no Location, so this leads nowhere/],
    ['the null of fetch', null, /no Location/],
    ['a path', '/login?returnTo=%2Fdocs-login', /not absolute.*loginUrl/],
    [
      'a login page',
      'https://foo.com/login?returnTo=%2Fdocs-login',
      /leads to https:\/\/foo\.com\/login, without a token/,
    ],
    ['an empty fragment', 'https://docs.foo.com/#', /without a token/],
    ['a token in the query', `https://docs.foo.com/a?jwt=${TOKEN}#x`, /token in its query/],
    ['an anchor alone', 'https://docs.foo.com/#step-one', /no token in a form that docs read/],
    ['an empty token', 'https://docs.foo.com/#jwt=&anchor=a', /no token in a form/],
    ['an unsigned token', 'https://docs.foo.com/#eyJhIjoxfQ.eyJhIjoxfQ.', /no token in a form/],
    ['a named token in private docs', `${CALLBACK}?redirect=%2Fa#jwt=${TOKEN}`, /no token in a form/],
    ['a page of another origin', `${CALLBACK}?redirect=//evil.com/#${TOKEN}`, /must be one path of the docs/],
    ['a page that is a URL', `${CALLBACK}?redirect=https://docs.foo.com/a#${TOKEN}`, /must be one path/],
    ['two pages', `${CALLBACK}?redirect=%2Fa&redirect=%2Fb#${TOKEN}`, /must be one path/],
  ])('refuses %s, and says what it is', (_, location, message) => {
    expect(messageOf(location)).toMatch(message);
  });

  it.each([
    `/docs-login?token=${TOKEN}`,
    `https://docs.foo.com/${TOKEN}`,
    `https://docs.foo.com/?jwt=${TOKEN}`,
    `https://docs.foo.com/#jwt=x${TOKEN}.too.many`,
    `https://docs.foo.com/${TOKEN}#${TOKEN}.`,
    `${CALLBACK}?redirect=${TOKEN}#${TOKEN}`,
  ])('says nothing of the token that is in %#', (location) => {
    const message = messageOf(location);
    for (const part of TOKEN.split('.')) expect(message).not.toContain(part);
  });

  it('keeps the token out of what is printed', () => {
    const redirect = readDocsRedirect(`https://docs.foo.com/#${TOKEN}`);
    expect(inspect(redirect) + JSON.stringify(redirect)).not.toContain('eyJ');
    expect(Object.isFrozen(redirect)).toBe(true);
  });

  it('reads back whatever the library writes', () => {
    const sites = [
      docsSite('https://docs.foo.com'),
      docsSite('https://foo.com/docs'),
      { ...docsSite('https://docs.foo.com'), mode: 'authentication' as const },
    ];
    const texts = fc.string({ unit: 'grapheme' });
    const run = fc.property(fc.constantFrom(...sites), texts, texts, (site, page, anchor) => {
      const target = resolveRedirectTarget(site, { redirect: `${site.basePath}/${page}`, anchor });
      const redirect = readDocsRedirect(createRedirectUrl(site, target, TOKEN));
      assert.deepEqual(
        [redirect.mode, redirect.origin, redirect.path, redirect.query, redirect.anchor, redirect.token],
        [site.mode, site.origin, target.path, target.query, target.anchor, TOKEN],
      );
    });
    fc.assert(run, propertyRuns(300));
  });
});
