import { equal } from 'node:assert/strict';
import { describe, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { DISGUISES } from '../../../support/disguises.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { findCallbackReading, findServerEscape } from '../../../support/server-readings.support.js';
import { BASE_PATH_SITE, ROOT_SITE, SITES } from '../../../support/sites.support.js';

const RUNS = propertyRuns(3_000);
const PRIVATE_SITE: DocsSite = { ...ROOT_SITE, mode: 'authentication' };

/** A text as it is, or with some of its characters disguised. */
const disguised = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...text
        .split('')
        .map((character) =>
          fc.oneof(
            { weight: 3, arbitrary: fc.constant(character) },
            { weight: 2, arbitrary: fc.constantFrom(...DISGUISES).map((disguise) => disguise(character)) },
          ),
        ),
    )
    .map((characters) => characters.join(''));

const oneOf = (...texts: string[]): fc.Arbitrary<string> => fc.oneof(...texts.map(disguised));
const name = oneOf('a', 'docs', 'evil.com', '..a', '...', 'login', 'jwt-callback', 'JWT-Callback', '');
const dots = oneOf('..', '..', '.');
/** What a reader may drop behind a segment. */
const tail = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  oneOf(';', ';x', ';x=..', ';/..', ';?', '?', '#', ' ', '\t', '%'),
);
const separator = fc.oneof(
  { weight: 4, arbitrary: fc.constant('/') },
  oneOf('/', '\\', '//', '/\t/', '/./', '/;'),
);
const path = fc
  .array(fc.tuple(separator, fc.oneof(name, dots), tail), { minLength: 1, maxLength: 6 })
  .map((segments) => segments.flat().join(''));

/** The page that a visitor is sent to; nothing where the redirect was refused. */
function keptPage(site: DocsSite, redirect: string): string | undefined {
  const { path, refused } = resolveRedirectTarget(site, { redirect });
  return refused === undefined ? path : undefined;
}

describe('a path that is kept', () => {
  it.each([
    ['the docs of an origin', ROOT_SITE, ''],
    ['docs with a base path, from the root', BASE_PATH_SITE, ''],
    ['docs with a base path', BASE_PATH_SITE, '/docs'],
  ])('stays in %s for all chains of readers', (_, site, start) => {
    fc.assert(
      fc.property(path, (path) => {
        const page = keptPage(site, start + path);
        equal(page === undefined ? undefined : findServerEscape(site, page), undefined);
      }),
      RUNS,
    );
  });

  it('is the callback page of private docs to none', () => {
    const near = fc.tuple(
      fc.oneof(fc.constant(''), path),
      separator,
      disguised('login'),
      tail,
      separator,
      disguised('jwt-callback'),
      tail,
    );
    fc.assert(
      fc.property(near, (parts) => {
        const page = keptPage(PRIVATE_SITE, parts.join(''));
        equal(page === undefined ? undefined : findCallbackReading(page), undefined);
      }),
      RUNS,
    );
  });

  it('is every one whose names are words of any script', () => {
    // Letters that become part of a path's structure when they are folded are no part of a word.
    const letter = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .filter((letter) => !/[\0- \x7f./\\;?#%]/.test(letter.normalize('NFKC')));
    const word = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join(''));
    const page = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `/${words.join('/')}`);
    fc.assert(
      fc.property(fc.constantFrom(...SITES), page, fc.boolean(), (site, page, isEncoded) => {
        const path = site.basePath + page;
        const redirect = isEncoded ? path.split('/').map(encodeURIComponent).join('/') : path;
        equal(keptPage(site, redirect), new URL(redirect, site.origin).pathname);
      }),
      RUNS,
    );
  });
});
