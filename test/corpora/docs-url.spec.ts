import { describe, expect, it } from '@jest/globals';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { parseDocsUrl } from '../../libs/mintlify-personalization/src/options/docs-url.js';
import { readUrlCases } from '../support/corpora.support.js';
import { withDecodings } from '../support/decodings.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';

/** What the URL standard's tests say of an input without a base: its origin, or nothing where it is no URL. */
const ORIGINS = new Map(
  readUrlCases()
    .filter(({ base }) => base === null)
    .map(({ input, origin }) => [input, origin]),
);

function judge(docsUrl: string): Outcome {
  try {
    const { origin, host, basePath } = parseDocsUrl(docsUrl);
    const url = new URL(origin + basePath);
    const isSame = url.origin === origin && url.hostname === host && url.pathname === (basePath || '/');
    const isAsStandard = !ORIGINS.has(docsUrl) || ORIGINS.get(docsUrl) === origin;
    return isSame && isAsStandard ? 'taken' : { escaped: `is taken for ${origin}${basePath}` };
  } catch (error) {
    return error instanceof MintlifyPersonalizationError ? 'refused' : { escaped: String(error) };
  }
}

describe('docsUrl', () => {
  it('is an address that means the same to a browser, or an error that says what is wrong with it', () => {
    const tally = new Tally();
    const all = readUrlCases().flatMap(({ input, href = input, origin = input }) => [input, href, origin]);
    for (const docsUrl of withDecodings(all)) tally.add(docsUrl, judge(docsUrl));
    tally.record('docsUrl', 'wpt-url');
    expect(tally.escapes).toEqual([]);
  });
});
