import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import {
  resolveRedirectTarget,
  type RedirectParameters,
} from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { createRedirectUrl } from '../../../../libs/mintlify-personalization/src/mintlify/redirect-url.js';
import { findEscape } from '../../../support/escapes.support.js';
import { readPrivateArrival } from '../../../support/private-docs-arrival.support.js';
import { LOCAL_SITE, ROOT_SITE } from '../../../support/sites.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJleHAiOjF9.c2lnbmF0dXJl';
const CALLBACK = 'https://docs.foo.com/login/jwt-callback';
const RUNS = propertyRuns(1_000);

const asPrivate = (site: DocsSite): DocsSite => ({ ...site, mode: 'authentication' });

const SITE = asPrivate(ROOT_SITE);
/** Private docs are not for base paths. */
const SITES = [SITE, asPrivate(LOCAL_SITE)];

const urlFor = (site: DocsSite, parameters: RedirectParameters): string =>
  createRedirectUrl(site, resolveRedirectTarget(site, parameters), TOKEN);

/** Pieces of which hostile redirects are made, and anything else. */
const STRUCTURE = String.raw`/ // \ \\ .. . ./ %2e %2E%2e %2f %2F%2F %5c %25 %252e %252f %09 %0d%0a %23 %26 ; @ : ? # & = % +`;
const WORDS =
  'redirect= &redirect= #eyJ &jwt= login/jwt-callback evil.com docs.foo.com https: http:// javascript: blob:';
const piece = fc.oneof(
  fc.constantFrom(...STRUCTURE.split(' '), ...WORDS.split(' ')),
  fc.constantFrom('\t', '\n', '\r', '\0', ' ', `'`, '\uD800', '\u2028', '。'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const sendable = text.filter((value) => value !== '' && value.isWellFormed());
const site = fc.constantFrom(...SITES);

describe('createRedirectUrl for private docs', () => {
  it.each<[string, RedirectParameters, string]>([
    ['the front page', {}, '%2F'],
    ['the front page for what is refused', { redirect: 'https://evil.com/a', anchor: 'b' }, '%2F'],
    ['the front page for the callback itself', { redirect: '/login/jwt-callback?redirect=/a' }, '%2F'],
    ['the front page for what is below it', { redirect: 'login/./jwt-callback/' }, '%2F'],
    ['a page whose name begins likewise', { redirect: '/login/jwt-callbacks' }, '%2Flogin%2Fjwt-callbacks'],
    ['a page', { redirect: '/quickstart' }, '%2Fquickstart'],
    ['a page without its slash', { redirect: 'quickstart' }, '%2Fquickstart'],
    ['a place', { redirect: '/quickstart', anchor: 'step-one' }, '%2Fquickstart%23step-one'],
    ['a place inside the redirect', { redirect: '/quickstart#step-one' }, '%2Fquickstart%23step-one'],
    ['a place on the front page', { anchor: 'top' }, '%2F%23top'],
    ['a page with a query', { redirect: '/api?tab=go&x=1' }, '%2Fapi%3Ftab%3Dgo%26x%3D1'],
    ['all of them', { redirect: '/api?a=b+c#d' }, '%2Fapi%3Fa%3Db%2Bc%23d'],
    ['letters outside of ASCII', { redirect: '/größe' }, '%2Fgr%25C3%25B6%25C3%259Fe'],
    ['an anchor with a space', { redirect: '/a', anchor: 'b c' }, '%2Fa%23b%2520c'],
    [
      'an anchor that looks like a token',
      { redirect: '/a', anchor: 'jwt=x&redirect=/b' },
      '%2Fa%23jwt%253Dx%2526redirect%253D%252Fb',
    ],
  ])('leads to the callback, and on to %s', (_, parameters, redirect) => {
    expect(urlFor(SITE, parameters)).toBe(`${CALLBACK}?redirect=${redirect}#${TOKEN}`);
  });

  it.each([
    'step one',
    '#step',
    'a#b',
    'a&b=c',
    '100%',
    '%41',
    '%',
    '50%25',
    'a+b',
    'über-uns',
    '手順',
    '👩‍💻',
    'a/b?c',
    '"quoted"',
    `it's`,
  ])('lets the docs find the anchor as it was sent: %s', (anchor) => {
    const arrival = readPrivateArrival(urlFor(SITE, { redirect: '/a?b=c%20d', anchor }));
    expect(arrival.anchor).toBe(anchor);
    expect(arrival.page.href).toBe(`https://docs.foo.com/a?b=c%20d${arrival.page.hash}`);
  });

  it('lets the docs find page, query and anchor as they were sent, whatever they are', () => {
    fc.assert(
      fc.property(site, text, sendable, (site, redirect, anchor) => {
        const target = resolveRedirectTarget(site, { redirect, anchor });
        const arrival = readPrivateArrival(createRedirectUrl(site, target, TOKEN));
        equal(arrival.page.pathname + arrival.page.search, target.path + target.query);
        equal(arrival.anchor, target.anchor ?? '');
        equal(target.refused ?? arrival.anchor, target.refused ?? anchor);
      }),
      RUNS,
    );
  });

  it('goes to the callback of the site with one redirect and one token, whatever is asked for', () => {
    fc.assert(
      fc.property(site, text, fc.option(text, { nil: undefined }), (site, redirect, anchor) => {
        const url = urlFor(site, { redirect, anchor });
        const [start, nested, token, ...more] = url.split(/\?redirect=|#/);
        deepEqual([start, token, more], [`${site.origin}/login/jwt-callback`, TOKEN, []]);
        match(nested ?? '', /^%2F[\w.!~*'()%-]*$/);
        equal(url, new URL(url).href);
        const arrival = readPrivateArrival(url);
        deepEqual([arrival.parameters, arrival.token], [['redirect'], TOKEN]);
      }),
      RUNS,
    );
  });

  it('never leads on to another site, however often the redirect is decoded', () => {
    fc.assert(
      fc.property(site, text, text, (site, redirect, anchor) => {
        equal(findEscape(site, urlFor(site, { redirect, anchor })), undefined);
      }),
      RUNS,
    );
  });

  it('never throws, whatever a query parser made of the parameters', () => {
    fc.assert(
      fc.property(site, fc.anything(), fc.anything(), (site, redirect, anchor) => {
        const parameters = { redirect, anchor } as RedirectParameters;
        equal(urlFor(site, parameters).startsWith(`${site.origin}/login/jwt-callback?`), true);
      }),
      RUNS,
    );
  });
});
