import { describe, expect, it } from '@jest/globals';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import { describeOnEveryPlatform } from '../support/apps.support.js';
import { REDIRECT_CORPORA } from '../support/corpora.support.js';
import { createRedirectUrl } from '../../libs/mintlify-personalization/src/mintlify/redirect-url.js';
import { resolveRedirectTarget } from '../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { withDecodings } from '../support/decodings.support.js';
import { disguisesOf } from '../support/disguises.support.js';
import { findEscape } from '../support/escapes.support.js';
import { KEYS_BY_MODE } from '../support/keys.support.js';
import { bearer } from '../support/sessions.support.js';
import { docsSite } from '../support/sites.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';
import { asBytes, sendRaw, type WireAnswer } from '../support/wire.support.js';

const SITES: Record<string, DocsSite> = {
  'public docs': docsSite('https://docs.acme.example'),
  'public docs on a base path': docsSite('https://acme.example/docs'),
  'private docs': { ...docsSite('https://docs.acme.example'), mode: 'authentication' },
};

const CASES = Object.keys(SITES).flatMap((name) =>
  Object.keys(REDIRECT_CORPORA).map((corpus) => ({ name, corpus })),
);

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

/** Each way in which readers differ, from the root and behind the base path. */
const disguised = ({ basePath }: DocsSite, redirect: string): string[] =>
  [redirect, ...(basePath === '' ? [] : [`${basePath}/${redirect}`])].flatMap((each) => disguisesOf(each));

describeOnEveryPlatform('docs login with a redirect of the corpora', ({ boot }) => {
  it.each(CASES)('stays on $name: $corpus', async ({ name, corpus }) => {
    const site = SITES[name]!;
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

describe('a redirect of the corpora in disguise', () => {
  it.each(CASES)('stays on $name: $corpus', ({ name, corpus }) => {
    const site = SITES[name]!;
    const tally = new Tally();
    for (const redirect of new Set(REDIRECT_CORPORA[corpus]!().flatMap((each) => disguised(site, each)))) {
      const target = resolveRedirectTarget(site, { redirect });
      const escaped = findEscape(site, createRedirectUrl(site, target, 'e30.e30.e30'));
      const isRefused = target.refused !== undefined;
      tally.add(redirect, escaped === undefined ? (isRefused ? 'refused' : 'taken') : { escaped });
    }
    tally.record(`disguised redirect, ${name}`, corpus);
    expect(tally.escapes).toEqual([]);
  });
});
