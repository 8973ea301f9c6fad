import { expect, it } from '@jest/globals';
import type { RedirectParameters } from 'nestjs-mintlify-personalization';
import { createRedirectUrl } from '../../libs/mintlify-personalization/src/mintlify/redirect-url.js';
import { resolveRedirectTarget } from '../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { describeOnEveryPlatform } from '../support/apps.support.js';
import { REDIRECT_CORPORA } from '../support/corpora.support.js';
import { bearer } from '../support/sessions.support.js';
import { fromApp, LOGIN_PATH, SINGLE_PAGE_APP } from '../support/single-page-app.support.js';
import { docsSite } from '../support/sites.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';

const SITE = docsSite('https://acme.example/docs');

/** How many requests are under way at once. */
const AT_ONCE = 16;

/** A body is JSON, so that a redirect arrives as it is, without any encoding. */
const BODIES = [
  (redirect: string) => ({ redirect }),
  (anchor: string) => ({ redirect: '/quickstart', anchor }),
];

/** A way in of its own leads where the other one does, which `redirects.spec.ts` judges. */
async function judge(body: RedirectParameters, response: Response): Promise<Outcome> {
  const { url } = (await response.json()) as { url?: string };
  if (response.status !== 200 || url === undefined)
    return { escaped: `was answered with ${response.status}` };
  const target = resolveRedirectTarget(SITE, body);
  const expected = createRedirectUrl(SITE, target, 'TOKEN');
  const found = url.replace(/(?<=#(?:jwt=)?)[\w-]+\.[\w-]+\.[\w-]+/, 'TOKEN');
  if (found !== expected) return { escaped: `leads to ${found}` };
  return target.refused === undefined ? 'taken' : 'refused';
}

describeOnEveryPlatform('docs login of a single-page app with a redirect of the corpora', ({ boot }) => {
  it.each(Object.keys(REDIRECT_CORPORA))('stays on the docs: %s', async (corpus) => {
    const { port } = await boot({ options: { ...SINGLE_PAGE_APP, docsUrl: SITE.url } });
    const headers = { ...fromApp(), ...(await bearer()), 'Content-Type': 'application/json' };
    const tally = new Tally();
    const bodies = REDIRECT_CORPORA[corpus]!().flatMap((text): RedirectParameters[] =>
      BODIES.map((write) => write(text)),
    );
    const send = async () => {
      for (let next = bodies.pop(); next !== undefined; next = bodies.pop()) {
        const body = JSON.stringify(next);
        const response = await fetch(`http://127.0.0.1:${port}${LOGIN_PATH}`, {
          method: 'POST',
          headers,
          body,
        });
        tally.add(next, await judge(next, response));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    tally.record('redirect by POST', corpus);
    expect(tally.escapes).toEqual([]);
  });
});
