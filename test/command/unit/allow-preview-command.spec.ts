import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createVerifier } from 'fast-jwt';
import { docsKeys, pkcs8, privateDocsKeys, spki } from '../../support/keys.support.js';
import { callCommand } from '../../support/terminal.support.js';

const NOW = 1_800_000_000;
const DOCS = ['--docs-url', 'https://docs.foo.com'];
const HOST = 'acme-git-fix.mintlify.app';
const REQUIRED = ['--host', HOST, '--docs-url', 'https://docs.foo.com/'];

const call = (words: string[], key = pkcs8(privateDocsKeys)) =>
  callCommand(['allow-preview', ...words], { env: { MINTLIFY_PRIVATE_KEY: key }, nowMs: NOW * 1_000 });

const closers: (() => unknown)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A server that answers each request with a status, and keeps what came. */
async function serve(status: number, headers: Record<string, string> = {}) {
  const requests: { path: string | undefined; type: string | undefined; body: string }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const type = request.headers['content-type'];
      requests.push({ path: request.url, type, body: Buffer.concat(parts).toString() });
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('allow-preview', () => {
  it.each([
    ['EdDSA', privateDocsKeys],
    ['ES256', docsKeys],
  ])('prints a token that another implementation verifies: %s', async (algorithm, pair) => {
    const { exitCode, output, errors } = await call(
      [...REQUIRED, '--for', '2h', '--tenant', 'acme'],
      pkcs8(pair),
    );
    expect([exitCode, errors]).toEqual([0, '']);
    const verify = createVerifier({ key: spki(pair), complete: true, clockTimestamp: NOW * 1_000 });
    expect(verify(output.trim())).toMatchObject({
      header: { alg: algorithm, typ: 'docs-preview+jwt' },
      payload: { host: HOST, tenant: 'acme', aud: 'https://docs.foo.com', iat: NOW, exp: NOW + 7_200 },
    });
  });

  it.each([
    [[], 3_600],
    [['--for', '30m'], 1_800],
    [['--for', '7d'], 604_800],
  ])('with %j allows it for %i seconds', async (words, seconds) => {
    const { output } = await call([...REQUIRED, ...words]);
    const payload: unknown = JSON.parse(Buffer.from(output.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toEqual({ host: HOST, aud: 'https://docs.foo.com', iat: NOW, exp: NOW + seconds });
  });

  it('sends it to that route alone: a redirect is not followed', async () => {
    const other = await serve(201);
    const redirecting = await serve(307, { location: other.url });
    const { exitCode, output, errors } = await call([
      ...REQUIRED,
      '--send',
      `${redirecting.url}/docs-previews`,
    ]);
    expect([exitCode, output]).toEqual([2, '']);
    expect(errors).toMatch(/answered 307\. Check suffix and publicKeys/);
    expect(redirecting.requests).toEqual([
      { path: '/docs-previews', type: 'application/json', body: expect.stringMatching(/^\{"token":"ey/) },
    ]);
    expect(other.requests).toEqual([]);
  });

  it('says so if the route refuses the token, or is not there', async () => {
    const { url } = await serve(401);
    expect((await call([...REQUIRED, '--send', url])).errors).toContain('answered 401');
    expect(await call([...REQUIRED, '--send', 'http://127.0.0.1:1/'])).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('http://127.0.0.1:1 cannot be reached'),
    });
  });

  it.each([
    ['a pattern', ['--host', '*.mintlify.app', ...DOCS], 'must be a host name in lower case'],
    ['a URL', ['--host', 'https://a.mintlify.app', ...DOCS], 'must be a host name in lower case'],
    ['a port', ['--host', 'a.mintlify.app:8443', ...DOCS], 'must be a host name in lower case'],
    ['upper case', ['--host', 'A.mintlify.app', ...DOCS], 'must be a host name in lower case'],
    ['a time without a unit', [...REQUIRED, '--for', '2'], 'must be a number with m, h or d'],
    ['no time at all', [...REQUIRED, '--for', '0h'], 'must be a number with m, h or d'],
    ['a route without TLS', [...REQUIRED, '--send', 'http://api.foo.com'], 'must start with https://'],
    ['docs without TLS', ['--host', HOST, '--docs-url', 'http://docs.foo.com'], 'docsUrl'],
  ])('refuses %s', async (_, words, message) => {
    const { exitCode, output, errors } = await call(words);
    expect([exitCode, output]).toEqual([2, '']);
    expect(errors).toContain(message);
  });

  it('never prints the key', async () => {
    const { exitCode, output, errors } = await call(REQUIRED, 'MC4CAQAwBQYDK2VwBCIEIHNlY3JldA');
    expect(exitCode).toBe(2);
    expect(output + errors).not.toMatch(/MC4CAQ|c2VjcmV0|c3JldA/);
  });
});
