import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from '@jest/globals';
import * as fc from 'fast-check';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { SITES } from '../../../support/sites.support.js';

const RUNS = propertyRuns(3_000);
const UNRESERVED = 'ABCXYZabcxyz0189-._~';

const text = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), maxLength });
const site = fc.constantFrom(...SITES, { ...SITES[0]!, mode: 'authentication' as const });
const path = fc
  .array(fc.oneof(text(UNRESERVED, 8), fc.constantFrom('docs', 'login', 'jwt-callback', '..', '.')), {
    maxLength: 5,
  })
  .map((segments) => `/${segments.join('/')}`);
const query = fc.option(
  text(`${UNRESERVED}=&+/?%'`, 8).map((query) => `?${query}`),
  { nil: '' },
);

describe('a redirect that needs no URL parser', () => {
  it('comes out as the URL parser would have it', () => {
    fc.assert(
      fc.property(site, path, query, (site, path, query) => {
        const redirect = path + query;
        const target = resolveRedirectTarget(site, { redirect });
        // A hash without an anchor changes nothing, and is not plain.
        deepEqual(target, resolveRedirectTarget(site, { redirect: `${redirect}#` }));
        const page = target.path + target.query;
        const { pathname, search } = new URL(page, site.origin);
        equal(page, pathname + search);
      }),
      RUNS,
    );
  });

  it('is kept, under the base path, with nothing of it changed', () => {
    const segment = text(UNRESERVED, 8).filter((segment) => /^[^.]/.test(segment));
    const plain = fc
      .array(segment, { minLength: 1, maxLength: 5 })
      .map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(fc.constantFrom(...SITES), plain, (site, path) => {
        const isInside = `${path}/`.startsWith(`${site.basePath}/`);
        deepEqual(resolveRedirectTarget(site, { redirect: path }), {
          path: isInside ? path : site.basePath + path,
          query: '',
        });
      }),
      RUNS,
    );
  });
});
