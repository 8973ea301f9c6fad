import { randomUUID } from 'node:crypto';
import { expect, it, jest } from '@jest/globals';
import { ForbiddenException } from '@nestjs/common';
import type { TokenClaimsHandshakeOptions } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { keyIssuer } from '../../support/playground-keys.support.js';
import { ADA } from '../../support/sessions.support.js';
import { until } from '../../support/until.support.js';
import { postBytes, signBody } from '../../support/webhooks.support.js';

const SECRET = 'a secret of these tests, long enough for all';
const PATH = '/docs/token-claims';

const bodyOf = (subject: unknown, rest: object = { id: randomUUID() }): string =>
  JSON.stringify({ subject, ...rest });

const post = (
  host: { readonly port: number },
  body: string,
  signature = signBody(body, { secrets: [SECRET] }),
) => postBytes(host, body, { path: PATH, headers: { 'docs-signature': signature } });

describeOnEveryHost('the hook of an OAuth server', ({ boot }) => {
  async function bootHook(options: Partial<TokenClaimsHandshakeOptions> = {}) {
    const { auditSink, events } = auditCollector();
    const { Issuer, calls } = keyIssuer(Date.now);
    const tokenClaims: TokenClaimsHandshakeOptions = {
      secrets: [SECRET],
      source: 'access_token',
      findPrincipal: (subject) => (subject === 'ada' ? ADA : undefined),
      ...options,
    };
    const host = await boot({
      options: { handshakes: { jwt: false, tokenClaims }, auditSink },
      host: { providers: [Issuer] },
    });
    return { host, events, calls };
  }

  it('gets the groups of the mapper as a claim, without keys, and one event is recorded', async () => {
    const { host, events, calls } = await bootHook();
    const answer = await post(host, bodyOf('ada'));
    expect([answer.status, answer.body]).toEqual([200, { groups: ADA.roles }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(calls.issue).not.toHaveBeenCalled();
    const unknown = await post(host, bodyOf('eve'));
    expect([unknown.status, unknown.text]).toEqual([204, '']);
    await until(() => events.length > 1);
    expect(events).toMatchObject([
      { type: 'user_info.served', handshake: 'token-claims', outcome: 'ok', groupCount: 2 },
      { type: 'user_info.refused', handshake: 'token-claims', outcome: 'unauthenticated' },
    ]);
  });

  it('gets one string where it asks for it, and an error for a group that has the delimiter', async () => {
    const { host } = await bootHook({
      source: 'id_token',
      groupsClaim: 'https://acme.example/groups',
      groupsDelimiter: ', ',
      findPrincipal: (subject) => ({ ...ADA, roles: subject.split('+') }),
    });
    const answer = await post(host, bodyOf('a+b c'));
    expect(answer.body).toEqual({ 'https://acme.example/groups': 'a, b c' });
    const refused = await post(host, bodyOf('a+b, c'));
    expect([refused.status, refused.body]).toEqual([500, { statusCode: 500, code: 'invalid_user' }]);
    expect(host.logs.text).toContain('groups[1]: contains groupsDelimiter');
  });

  it('is answered once, and not without a valid signature', async () => {
    const findPrincipal = jest.fn(() => ADA);
    const { host } = await bootHook({ findPrincipal });
    const [body, id] = [bodyOf('ada'), randomUUID()];
    const signature = signBody(body, { secrets: [SECRET] });
    expect((await post(host, body, signature)).status).toBe(200);
    // The same signature with another header around it is the same one.
    const copies = [signature, `${signature},v2=x`, `${signature},v1=${'0'.repeat(64)}`];
    const now = Math.floor(Date.now() / 1_000);
    const forged = [
      signBody(body, { secrets: ['another secret of these tests, as long'] }),
      signBody(body, { secrets: [SECRET], timestamp: now - 310 }),
      signBody(bodyOf('ada', { id }), { secrets: [SECRET] }),
    ];
    for (const each of [...copies, ...forged]) {
      const { status, body: answer } = await post(host, body, each);
      expect([status, answer]).toEqual([401, { statusCode: 401, code: 'invalid_signature' }]);
    }
    expect(findPrincipal).toHaveBeenCalledTimes(1);
    for (const wrong of [
      bodyOf('ada', {}),
      bodyOf('ada', { id: 'short' }),
      bodyOf(7),
      bodyOf('ada', { id, groups: [] }),
    ]) {
      expect((await post(host, wrong)).status).toBe(400);
    }
  });

  it('gets 204 for a visitor whom the mapper refuses', async () => {
    const tokenClaims: TokenClaimsHandshakeOptions = {
      secrets: [SECRET],
      source: 'id_token',
      findPrincipal: () => ADA,
    };
    const claimMapper = mapperOf(() => {
      throw new ForbiddenException();
    });
    const host = await boot({ options: { handshakes: { jwt: false, tokenClaims }, claimMapper } });
    expect((await post(host, bodyOf('ada'))).status).toBe(204);
  });

  it.each<[object, RegExp]>([
    [{ source: undefined }, /handshakes\.tokenClaims\.source must be/],
    [{ groupsDelimiter: '12345' }, /handshakes\.tokenClaims\.groupsDelimiter must be/],
    [{ groupsClaim: 'scope' }, /handshakes\.tokenClaims\.groupsClaim is scope/],
    [
      { secrets: ['short'] },
      /handshakes\.tokenClaims\.secrets\[0\] must be a string of at least 32 characters/,
    ],
  ])('does not start with %j', async (options, message) => {
    await expect(bootHook(options)).rejects.toThrow(message);
  });
});
