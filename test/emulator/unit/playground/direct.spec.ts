import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { startDocsEmulator } from '../../../../libs/mintlify-docs-emulator/src/index.js';
import { explainCors } from '../../../../libs/mintlify-docs-emulator/src/shared/cors-messages.js';
import { serverSources } from '../../../../libs/mintlify-docs-emulator/src/shared/server-sources.js';
import { resolveServer } from '../../../../libs/mintlify-docs-emulator/src/shared/server-url.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { makeFolder } from '../sample-folder-helper.js';
import { serverOf } from './operation-helper.js';

describe('the sources of the servers of an operation', () => {
  it.each([
    ['https://api.foo.com/v1', [], ['https://api.foo.com']],
    ['http://localhost:{port}', ['port=3000'], ['http://localhost:3000', 'http://localhost:*']],
    ['https://{tenant}.foo.com', ['tenant=demo'], ['https://demo.foo.com', 'https://*.foo.com']],
    ['https://api-{tenant}.foo.com', ['tenant=demo'], ['https://api-demo.foo.com', 'https://*.foo.com']],
    ['https://{x}.{y}.foo.com', ['x=a', 'y=b'], ['https://a.b.foo.com', 'https://*.foo.com']],
    ['https://{host}', ['host=api.foo.com'], ['https://api.foo.com']],
    ['https://api.{domain}', ['domain=foo.com'], ['https://api.foo.com']],
    ['{baseUrl}/v1', ['baseUrl=https://foo.com/api'], ['https://foo.com']],
    ['https://{at}', ['at=eu.foo.com:eu.foo.com|us.foo.com'], ['https://eu.foo.com', 'https://us.foo.com']],
    ['/v1', [], []],
    ["https://foo.com;script-src 'unsafe-inline'", [], []],
  ])('%s with %j are %j', (url, variables, expected) => {
    expect(serverSources([serverOf(url, ...variables)])).toEqual(expected);
  });

  it('have the origin of each request that can be sent, and are no directive of a policy', () => {
    const value = fc.oneof(
      fc.constantFrom('acme', 'a-b', '8080', 'a.b', '*', '; script-src *', ' ', "'none'"),
      fc.string({ maxLength: 8 }),
    );
    const urls = fc.constantFrom(
      'https://{a}.foo.com',
      'https://x-{a}.foo.com:{b}/v1',
      'http://localhost:{b}/{a}',
      'https://{a}.{b}.foo.com',
    );
    fc.assert(
      fc.property(urls, value, value, value, (url, a, b, preset) => {
        const server = { url, variables: [{ name: 'a', default: preset }, { name: 'b', default: '80' }] }; // prettier-ignore
        const sources = serverSources([server]);
        for (const source of sources)
          assert.match(source, /^https?:\/\/(?:\*\.)?[a-z\d.-]+(?::(?:\d+|\*))?$/i);
        const target = resolveServer(server, { a, b });
        if ('problem' in target) return;
        const { protocol, hostname, port } = new URL(target.origin);
        // A policy cannot name such a host, so the browser sends nothing there.
        if (!/^[a-z\d.-]+$/i.test(hostname)) return;
        const matches = sources.some((source) => {
          const [, scheme, host = '', at = ''] = /^(https?:)\/\/([^:]+)(?::(.*))?$/.exec(source) ?? [];
          const isHost = host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
          return scheme === protocol && isHost && (at === '*' || at === port);
        });
        assert.ok(matches, `${target.origin} is none of ${sources.join(' ')}`);
      }),
      propertyRuns(300),
    );
  });
});

describe('the message about a response that the browser keeps back', () => {
  const explain = (method: string, headers: [string, string][], isReachable = true): string =>
    explainCors({
      docsOrigin: 'http://localhost:3001',
      method,
      headers,
      url: 'https://api.foo.com/plants?key=secret',
      isReachable,
    });

  it('names the headers that the API has to send', () => {
    expect(explain('GET', [['Accept', 'text/plain']])).toBe(
      'docs.json has `proxy: false`, and the browser blocked the response (CORS). The API must send ' +
        'Access-Control-Allow-Origin: http://localhost:3001. Or remove `proxy: false`.',
    );
    expect(explain('POST', [['Content-Type', 'text/plain']])).not.toContain('preflight');
    expect(
      explain('DELETE', [
        ['Authorization', 'Bearer secret'],
        ['Content-Type', 'application/json'],
      ]),
    ).toContain(
      'the preflight (OPTIONS) also with Access-Control-Allow-Methods: DELETE and ' +
        'Access-Control-Allow-Headers: Authorization, Content-Type.',
    );
  });

  it('says that the API does not respond, without the query', () => {
    expect(explain('GET', [], false)).toBe(
      'The browser could not reach https://api.foo.com. Check that it is running and that the URL is correct.',
    );
  });
});

describe('the content policy of a page', () => {
  it.each([
    [{ proxy: false }, ['https://api.foo.com', 'https://*.eu.foo.com'], []],
    [{ proxy: false, display: 'simple' }, [], []],
    [{}, [], []],
  ])(
    'with api.playground %j allows the API of its operation, and no other',
    async (playground, list, hook) => {
      const operation = { summary: 'x', responses: { 200: { description: 'Fine' } } };
      const folder = await makeFolder({
        'docs.json': JSON.stringify({
          name: 'Plants',
          navigation: { pages: ['list', 'hook'] },
          api: { playground },
        }),
        'list.mdx': '---\nopenapi: GET /plants\n---\n',
        'hook.mdx': '---\nopenapi: WEBHOOK grown\n---\n',
        'openapi.json': JSON.stringify({
          openapi: '3.1.0',
          info: { title: 'Plants', version: '1' },
          servers: [
            { url: 'https://api.foo.com/v1' },
            { url: 'https://{tenant}.eu.foo.com', variables: { tenant: { default: '' } } },
          ],
          paths: { '/plants': { get: operation } },
          webhooks: { grown: { post: operation } },
        }),
      });
      const docs = await startDocsEmulator({
        port: 0,
        directory: folder.path,
        visitors: { anonymous: null },
      });
      const allowed = async (path: string): Promise<string[]> => {
        const { headers } = await fetch(docs.url + path);
        const policy = headers.get('content-security-policy') ?? '';
        return /connect-src 'self'([^;]*)/.exec(policy)?.[1]?.split(' ').filter(Boolean) ?? ['none'];
      };
      expect([await allowed('/list'), await allowed('/hook')]).toEqual([list, hook]);
      await docs.close();
      await folder.remove();
    },
  );
});
