import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { equal, ok } from 'node:assert/strict';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  DocsClient,
  LIMITS,
} from '../../../libs/mintlify-personalization-command/src/doctor/private-docs/docs-client.js';
import {
  lettersOf,
  pathsIn,
  phrasesOf,
  textIn,
} from '../../../libs/mintlify-personalization-command/src/doctor/private-docs/withheld-content.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const closings: (() => void)[] = [];

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe('The client of docs sites', () => {
  afterEach(() => closings.splice(0).forEach((close) => close()));

  it('follows three redirects inside the site, and no more', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(302, { location: `/${requests}` }).end();
    });
    const answer = await new DocsClient(url, { timeoutMs: 2_000 }).as({})('/');
    expect([answer?.status, requests]).toEqual([302, 1 + LIMITS.redirects]);
  });

  it('sends nothing to another origin, whatever the path or the redirect', async () => {
    const other: (string | undefined)[] = [];
    const elsewhere = await serve(({ headers }, response) => {
      other.push(headers.cookie);
      response.end();
    });
    const url = await serve(
      (_, response) => void response.writeHead(307, { location: elsewhere.href }).end(),
    );
    const ask = new DocsClient(url, { timeoutMs: 2_000 }).as({ cookie: 'session=secret' });
    expect((await ask('/'))?.status).toBe(307);
    expect(await ask(elsewhere.href)).toBeUndefined();
    expect(await ask(`//${elsewhere.host}/`)).toBeUndefined();
    expect(other).toEqual([]);
  });

  it('reads no more of an answer than its limit', async () => {
    const url = await serve((_, response) => {
      response.on('error', () => undefined);
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', write);
      write();
    });
    const limits = { ...LIMITS, bodyBytes: 100_000 };
    const answer = await new DocsClient(url, { timeoutMs: 5_000, limits }).as({})('/');
    expect(answer?.text).toHaveLength(100_000);
  });

  it('sends no more requests than its limit, and few at once', async () => {
    let running = 0;
    let most = 0;
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        response.end();
      });
    });
    const client = new DocsClient(url, { timeoutMs: 5_000, limits: { ...LIMITS, requests: 10 } });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => client.as({})(`/${index}`)));
    expect([requests, answers.filter((answer) => answer !== undefined).length]).toEqual([10, 10]);
    expect(client.isExhausted).toBe(true);
    expect(most).toBeLessThanOrEqual(LIMITS.concurrency);
  });

  it('says why there is no answer', async () => {
    const url = await serve(({ socket }) => void socket.destroy());
    const client = new DocsClient(url, { timeoutMs: 2_000 });
    expect(await client.as({})('/')).toBeUndefined();
    expect([client.unanswered, client.failure]).toEqual([1, 'UND_ERR_SOCKET']);
  });
});

const sentence = fc
  .array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 12, maxLength: 20 })
  .map((words) => `${words.join(' ')}.`);

describe('Text that is withheld', () => {
  const withheldOf = (text: string) => [
    { label: '/closed', title: '', phrases: phrasesOf(text, () => false) },
  ];

  it('is found in MDX, HTML and scripts, and not without it', () => {
    fc.assert(
      fc.property(sentence, sentence, fc.string(), (secret, open, around) => {
        fc.pre(lettersOf(secret) !== lettersOf(open) && !lettersOf(around).includes(lettersOf(secret)));
        const withheld = withheldOf(`---\ntitle: T\n---\n\n# Head\n\n${secret}\n\n<Card>x</Card>`);
        const html = `<p>${secret.replace(' ', ' <b></b>')}</p>`;
        const shown = [secret, html, JSON.stringify({ html }), `${around}<i>${secret}</i>`];
        for (const text of shown) equal(textIn(text, withheld).length, 1, text);
        equal(textIn(`<p>${open}</p>`, withheld).length, 0);
      }),
      propertyRuns(200),
    );
  });

  it('is not what an open page has, too', () => {
    fc.assert(
      fc.property(sentence, (shared) => {
        const open = lettersOf(shared);
        equal(phrasesOf(shared, (letters) => open.includes(letters)).length, 0);
      }),
      propertyRuns(200),
    );
  });

  it('has a path, which is found in lists and in no longer path', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z]{1,8}){0,2}$/), fc.string(), (path, around) => {
        const withheld = [{ label: `/${path}`, title: '', phrases: [] }];
        const lists = [
          `[T](/${path}.md)`,
          `<loc>https://docs.foo.com/${path}/</loc>`,
          `Disallow: /${path}\n`,
        ];
        for (const list of lists) equal(pathsIn(list, withheld).length, path === 'index' ? 0 : 1, list);
        equal(pathsIn(`[T](/${path}-more.md) /more/${path}`, withheld).length, 0);
        ok(pathsIn(around, withheld).length <= 1);
      }),
      propertyRuns(200),
    );
  });
});
