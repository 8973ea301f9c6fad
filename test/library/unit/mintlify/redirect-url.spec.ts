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
import { BASE_PATH_SITE, ROOT_SITE, SITES } from '../../../support/sites.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl';
const RUNS = propertyRuns(500);

const urlFor = (site: DocsSite, parameters: RedirectParameters) =>
  createRedirectUrl(site, resolveRedirectTarget(site, parameters), TOKEN);

/** Pieces of which hostile redirects are made, and anything else. */
const STRUCTURE = String.raw`/ // \ .. . %2e %2E%2e %2f %5c %25 %252e %32%65 %09 %00 %0d%0a ; @ : ? # & = %`;
const WORDS = 'jwt= &jwt= &anchor= docs evil.com foo.com docs.foo.com https: http:// javascript: blob:';
const piece = fc.oneof(
  fc.constantFrom(...STRUCTURE.split(' '), ...WORDS.split(' ')),
  fc.constantFrom('\t', '\n', '\r', '\0', ' ', '\uD800'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const site = fc.constantFrom(...SITES);

describe('createRedirectUrl', () => {
  it('gives the token alone as the fragment where there is no anchor', () => {
    expect(urlFor(ROOT_SITE, { redirect: '/page' })).toBe(`https://docs.foo.com/page#${TOKEN}`);
    expect(urlFor(BASE_PATH_SITE, { redirect: '/docs/get-started' })).toBe(
      `https://foo.com/docs/get-started#${TOKEN}`,
    );
    expect(urlFor(BASE_PATH_SITE, {})).toBe(`https://foo.com/docs#${TOKEN}`);
  });

  it('names token and anchor where there is one', () => {
    expect(urlFor(ROOT_SITE, { redirect: '/quickstart', anchor: 'step-one' })).toBe(
      `https://docs.foo.com/quickstart#jwt=${TOKEN}&anchor=step-one`,
    );
  });

  it('keeps the query before the fragment', () => {
    expect(urlFor(ROOT_SITE, { redirect: '/api?tab=go#install' })).toBe(
      `https://docs.foo.com/api?tab=go#jwt=${TOKEN}&anchor=install`,
    );
  });

  it('encodes an anchor, so that it cannot add a parameter', () => {
    expect(urlFor(ROOT_SITE, { anchor: 'a&jwt=b#c d' })).toBe(
      `https://docs.foo.com/#jwt=${TOKEN}&anchor=a%26jwt%3Db%23c%20d`,
    );
  });

  it('stays on the origin and under the base path, however often the path is decoded', () => {
    fc.assert(
      fc.property(site, text, text, (site, redirect, anchor) => {
        equal(findEscape(site, urlFor(site, { redirect, anchor })), undefined);
      }),
      RUNS,
    );
  });

  it('is the address that a browser makes of it, in printable ASCII', () => {
    fc.assert(
      fc.property(site, text, text, (site, redirect, anchor) => {
        const url = urlFor(site, { redirect, anchor });
        match(url, /^[\x21-\x7E]+$/);
        const { origin, pathname, search, hash } = new URL(url);
        equal(url, origin + pathname + search + hash);
      }),
      RUNS,
    );
  });

  it('holds exactly one token, in the fragment, with the anchor as it was sent', () => {
    fc.assert(
      fc.property(
        site,
        text.filter((anchor) => anchor !== '' && anchor.isWellFormed()),
        (site, anchor) => {
          const fragment = new URLSearchParams(new URL(urlFor(site, { anchor })).hash.slice(1));
          equal(
            JSON.stringify([...fragment]),
            JSON.stringify([
              ['jwt', TOKEN],
              ['anchor', anchor],
            ]),
          );
        },
      ),
      RUNS,
    );
  });

  it('holds the token in one of the two forms whatever the redirect is', () => {
    fc.assert(
      fc.property(site, text, (site, redirect) => {
        const [page = '', fragment = '', ...more] = urlFor(site, { redirect }).split('#');
        deepEqual(more, []);
        equal(page.includes(TOKEN), false);
        const [jwt, anchor = '', ...others] = fragment.split('&');
        equal(jwt === TOKEN || jwt === `jwt=${TOKEN}`, true);
        match(anchor, /^(anchor=[^=]+)?$/);
        deepEqual(others, []);
      }),
      RUNS,
    );
  });

  it('never throws, whatever a query parser made of the parameters', () => {
    fc.assert(
      fc.property(site, fc.anything(), fc.anything(), (site, redirect, anchor) => {
        const parameters = { redirect, anchor } as RedirectParameters;
        equal(urlFor(site, parameters).startsWith(site.url), true);
      }),
      RUNS,
    );
  });
});
