import { expect, it } from '@jest/globals';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import { describeOnEveryPlatform } from '../support/apps.support.js';
import { REDIRECT_CORPORA } from '../support/corpora.support.js';
import { REDIRECT_CASES, REDIRECT_SITES } from '../support/redirect-cases.support.js';
import { withDecodings } from '../support/decodings.support.js';
import { findEscape } from '../support/escapes.support.js';
import { KEYS_BY_MODE } from '../support/keys.support.js';
import { bearer } from '../support/sessions.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';
import { asBytes, sendRaw, type WireAnswer } from '../support/wire.support.js';

/** How a redirect is put into the query: as a browser writes it, and as it is, which no client would send. */
const QUERIES = [
  (redirect: string) => new URLSearchParams({ redirect }).toString(),
  (redirect: string) => `redirect=${asBytes(redirect)}`,
];

/** How many requests are under way at once. */
const AT_ONCE = 16;

function judge(site: DocsSite, { status, headers }: WireAnswer): Outcome {
  // Not a request at all: the HTTP server said so, before any code of the app.
  if (status === 400 && !headers.has('location')) return 'refused';
  const location = headers.get('location');
  if (status !== 302 || location === undefined) return { escaped: `was answered with ${status}` };
  const escaped = findEscape(site, location);
  if (escaped !== undefined) return { escaped };
  return isFrontPage(site, location) ? 'refused' : 'taken';
}

function isFrontPage({ mode, url }: DocsSite, location: string): boolean {
  const page = location.split('#', 1)[0];
  return mode === 'authentication'
    ? page === `${url}/login/jwt-callback?redirect=%2F`
    : page === (new URL(url).pathname === '/' ? `${url}/` : url) && !location.includes('#jwt=');
}

describeOnEveryPlatform('docs login with a redirect of the corpora', ({ boot }) => {
  it.each(REDIRECT_CASES)('stays on $name: $corpus', async ({ name, corpus }) => {
    const site = REDIRECT_SITES[name]!;
    const { port } = await boot({
      options: { docsUrl: site.url, mode: site.mode, signingKey: KEYS_BY_MODE[site.mode].privateKey },
    });
    const session = await bearer();
    const tally = new Tally();
    const requests = withDecodings(REDIRECT_CORPORA[corpus]!()).flatMap((redirect) =>
      QUERIES.map((write) => ({ redirect, target: `/docs-login?${write(redirect)}` })),
    );
    const send = async () => {
      for (let next = requests.pop(); next !== undefined; next = requests.pop()) {
        tally.add(next, judge(site, await sendRaw(port, next.target, session)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    tally.record(`redirect, ${name}`, corpus);
    expect(tally.escapes).toEqual([]);
  });
});
