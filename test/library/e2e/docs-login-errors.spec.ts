import { expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import type { TokenSigner } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { createSignerSpy } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

const LOGIN_URL = 'https://acme.example/login';

/** Answers when its deadline is over, and not before: as late as can be. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

const never = (): Promise<never> => new Promise(() => {});

describeOnEveryHost('docs login when something fails', ({ boot }) => {
  it.each([
    ['an error', new Error('No row for w.lovelace in db-7.')],
    ['an answer of its own', new NotFoundException('No row for w.lovelace in db-7.')],
    ['a text', 'No row for w.lovelace in db-7.'],
  ])('is 500 when the claim mapper throws %s, with a code for the visitor', async (_, thrown) => {
    const signingKey = createSignerSpy();
    const claimMapper = mapperOf(() => {
      throw thrown;
    });
    const host = await boot({ options: { loginUrl: LOGIN_URL, claimMapper, signingKey } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'claim_mapper_failed' });
    expect(response.get('location')).toBeUndefined();
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.get('retry-after')).toBeUndefined();
    expect(signingKey.sign).not.toHaveBeenCalled();
  });

  it('says in the log what kind of error the claim mapper threw, and where, without its message', async () => {
    const claimMapper = mapperOf(function mapAway() {
      throw Object.assign(new RangeError('The plan of Wilhelmina is\n    at odds'), { code: 'EPLAN' });
    });
    const host = await boot({ options: { claimMapper } });
    await host.get('/docs-login', await bearer()).expect(500);
    expect(host.logs.text).toMatch(/error The claim mapper threw an error/);
    expect(host.logs.text).toMatch(/Caused by: RangeError EPLAN\n\s+at .*mapAway/);
    expect(host.logs.text).not.toMatch(/Wilhelmina|odds/);
  });

  it.each([
    ['groups[1]', { groups: ['admin', 4711] }],
    ['content.company.since', { content: { company: { since: new Date(0) } } }],
    ['expiresAt', { expiresAt: 1_893_456_000_000 }],
    ['host', { host: 'topsecret.example' }],
    ['content.key', { content: { key: '-----BEGIN PRIVATE KEY-----topsecret' } }],
    ['apiPlaygroundInputs.header', { apiPlaygroundInputs: { header: { 'X-A': 'topsecret\r\nX-B: 1' } } }],
    ['role', { role: 'topsecret' }],
  ])('is 500 when the user is invalid, and the log names %s without its value', async (path, user) => {
    const host = await boot({ options: { claimMapper: mapperOf(() => user) } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'invalid_user' });
    expect(host.logs.text).toContain(path);
    expect(host.logs.text).not.toMatch(/topsecret|4711|1893456000000|1970/);
  });

  it.each([undefined, null, 'ada', [], 7])('is 500 when the claim mapper gives %j', async (user) => {
    const host = await boot({ options: { claimMapper: mapperOf(() => user) } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'invalid_user' });
  });

  it.each([
    ['hangs', never],
    ['gives up at its deadline', (_: unknown, { signal }: { signal: AbortSignal }) => untilAborted(signal)],
  ])('is 503, to be tried again, when the claim mapper %s', async (_, map) => {
    const host = await boot({ options: { claimMapper: mapperOf(map), mapperTimeoutMs: 20 } });
    const response = await host.get('/docs-login', await bearer()).expect(503);
    expect(response.body).toEqual({ statusCode: 503, code: 'claim_mapper_timeout' });
    expect(response.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.get('cache-control')).toBe('no-store');
    expect(host.logs.text).toContain('mapperTimeoutMs (20 ms)');
  });

  it.each<[string, TokenSigner['sign'], string]>([
    ['hangs', never, 'signer_timeout'],
    ['gives up at its deadline', (_, signal) => untilAborted(signal), 'signer_timeout'],
    ['rejects', () => Promise.reject(new Error('Key service: quota of acme.')), 'signer_failed'],
    ['throws', () => Buffer.from(BigInt('x').toString()), 'signer_failed'],
    ['gives a DER signature', () => new Uint8Array(71), 'signer_failed'],
    ['gives nothing', () => undefined as never, 'signer_failed'],
  ])('is 503, to be tried again, when the signer %s', async (_, sign, code) => {
    const signingKey: TokenSigner = { algorithm: 'ES256', sign };
    const host = await boot({ options: { signingKey, signerTimeoutMs: 20, loginUrl: LOGIN_URL } });
    const response = await host.get('/docs-login', await bearer()).expect(503);
    expect(response.body).toEqual({ statusCode: 503, code });
    expect(response.get('location')).toBeUndefined();
    expect(response.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(host.logs.text).toMatch(/error The token signer/);
  });

  it('is 500 when the user makes the address too long', async () => {
    const claimMapper = mapperOf(() => ({ content: { text: 'a'.repeat(6_000) } }));
    const host = await boot({ options: { claimMapper } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'redirect_url_too_long' });
    expect(host.logs.text).toContain('maxRedirectUrlLength is 7168');
    expect(host.logs.text).not.toContain('aaaa');
  });

  it('warns of an address that some proxies would refuse', async () => {
    const claimMapper = mapperOf(() => ({ content: { text: 'a'.repeat(3_000) } }));
    const host = await boot({ options: { claimMapper } });
    await host.get('/docs-login', await bearer()).expect(302);
    expect(host.logs.text).toMatch(/warn A redirect URL is \d+ characters long/);
    expect(host.logs.text).not.toContain('aaaa');
  });

  it('serves the next visitor as if nothing had happened', async () => {
    const users: unknown[] = [{ groups: 'not a list' }, { groups: ['admin'] }];
    const host = await boot({ options: { claimMapper: mapperOf(() => users.shift()) } });
    const refused = await host.get('/docs-login', await bearer());
    const served = await host.get('/docs-login', await bearer());
    expect([refused.status, served.status]).toEqual([500, 302]);
  });
});
