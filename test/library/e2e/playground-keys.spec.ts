import { expect, it } from '@jest/globals';
import { Controller, HttpCode, Inject, Injectable, Post, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import {
  PlaygroundKeys,
  PlaygroundKeysFor,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import {
  ClientCredentialsKeyIssuer,
  TokenExchangeKeyIssuer,
} from 'nestjs-mintlify-personalization/playground-keys';
import request from 'supertest';
import { describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { keyIssuer, KEY_HEADER } from '../../support/playground-keys.support.js';
import { bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { DOCS_CLIENT, TokenExchangeServer } from '../../support/token-exchange-server.support.js';

const OPTIONS: Partial<MintlifyPersonalizationOptions> = {
  handshakes: { sharedSession: {} },
  claimMapper: mapperOf(({ firstName }) => ({
    content: { firstName },
    apiPlaygroundInputs: { header: { 'x-acme-key': 'replaced' }, server: { port: '3000' } },
  })),
};

/** The host's own logout. */
@Controller()
@UseGuards(AuthGuard('jwt'))
class LogoutController {
  constructor(@Inject(PlaygroundKeys) private readonly keys: PlaygroundKeys) {}

  @Post('logout')
  @HttpCode(204)
  logout(@Req() visitorRequest: { user: Visitor }): Promise<void> {
    return this.keys.revokeFor(visitorRequest.user, visitorRequest);
  }
}

async function logOut({ port }: Host): Promise<void> {
  await request(`http://127.0.0.1:${port}`)
    .post('/logout')
    .set(await bearer())
    .expect(204);
}

async function inputsAfterLogin(host: Host): Promise<Record<string, Record<string, string>>> {
  const answer = await host.get('/docs-login', await bearer()).expect(302);
  const claims = await verifyToken(readArrival(answer.get('location')).token);
  return claims['apiPlaygroundInputs'] as Record<string, Record<string, string>>;
}

describeOnEveryHost('the keys of a visitor', ({ boot }) => {
  async function bootKeys() {
    const { Issuer, calls } = keyIssuer(Date.now);
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { ...OPTIONS, auditSink },
      host: { controllers: [LogoutController], providers: [Issuer] },
    });
    return { host, calls, events };
  }

  it('go to the docs in every handshake, in place of the field that the mapper gave', async () => {
    const { host, calls, events } = await bootKeys();
    const inputs = { header: { [KEY_HEADER]: 'key-1' }, server: { port: '3000' } };
    expect(await inputsAfterLogin(host)).toEqual(inputs);
    const answer = await host.get('/docs/user-info', {
      ...(await cookie()),
      Origin: 'https://docs.acme.example',
    });
    expect((answer.body as Record<string, unknown>)['apiPlaygroundInputs']).toEqual(inputs);
    expect(calls.issue).toHaveBeenCalledTimes(1);
    expect(events.map(({ type }) => type)).toEqual([
      'playground_keys.issued',
      'login.succeeded',
      'user_info.served',
    ]);
    expect(JSON.stringify(events) + host.logs.text).not.toContain('key-1');
  });

  it('are revoked when the host logs the visitor out', async () => {
    const { host, calls } = await bootKeys();
    await inputsAfterLogin(host);
    await logOut(host);
    expect(calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['key-1']);
    expect((await inputsAfterLogin(host))['header']).toEqual({ [KEY_HEADER]: 'key-2' });
  });

  it('are left out, and the docs are not, when the issuer fails', async () => {
    const { host, calls } = await bootKeys();
    calls.issue.mockRejectedValue(new Error('the issuer is away'));
    expect(await inputsAfterLogin(host)).toEqual({
      header: { 'x-acme-key': 'replaced' },
      server: { port: '3000' },
    });
    expect(host.logs.text).toContain('gets the docs without the keys');
  });
});

describeOnEveryHost('a key of an OAuth server', ({ boot }) => {
  it('is exchanged for the token of the visitor, with the scope that the app asks for, and revoked at logout', async () => {
    const server = await TokenExchangeServer.start();
    const token = await server.tokenOf('ada');
    @Injectable()
    @PlaygroundKeysFor()
    class ApiTokens extends TokenExchangeKeyIssuer<Visitor> {
      constructor() {
        super({ ...server.endpoints, ...DOCS_CLIENT, scope: 'services:read', subjectToken: () => token });
      }
    }
    const host = await boot({
      options: OPTIONS,
      host: { controllers: [LogoutController], providers: [ApiTokens] },
    });
    const { header = {} } = await inputsAfterLogin(host);
    const [, key = ''] = /^Bearer (.+)$/.exec(header['Authorization'] ?? '') ?? [];
    expect(key).not.toBe(token);
    expect(await server.introspect(key)).toMatchObject({ active: true, sub: 'ada', scope: 'services:read' });
    expect((await inputsAfterLogin(host))['header']).toEqual(header);
    await logOut(host);
    expect(await server.introspect(key)).toEqual({ active: false });
    expect(await server.introspect(token)).toMatchObject({ active: true });
  });

  it('is got with client credentials and the scopes of the visitor', async () => {
    const server = await TokenExchangeServer.start();
    @Injectable()
    @PlaygroundKeysFor()
    class ApiTokens extends ClientCredentialsKeyIssuer<Visitor> {
      constructor() {
        super({
          ...server.endpoints,
          ...DOCS_CLIENT,
          field: { in: 'query', name: 'token' },
          scopes: ({ roles }) => (roles.includes('admin') ? ['services:read', 'services:write'] : []),
        });
      }
    }
    const host = await boot({
      options: OPTIONS,
      host: { controllers: [LogoutController], providers: [ApiTokens] },
    });
    const { query = {} } = await inputsAfterLogin(host);
    expect(await server.introspect(query['token'] ?? '')).toMatchObject({
      active: true,
      scope: 'services:read services:write',
    });
    await logOut(host);
    expect(await server.introspect(query['token'] ?? '')).toEqual({ active: false });
  });

  it('is left out when the server refuses, and nothing secret is logged', async () => {
    const server = await TokenExchangeServer.start();
    @Injectable()
    @PlaygroundKeysFor()
    class ApiTokens extends TokenExchangeKeyIssuer<Visitor> {
      constructor() {
        super({ ...server.endpoints, ...DOCS_CLIENT, subjectToken: () => 'canary-of-a-subject-token' });
      }
    }
    const host = await boot({ options: OPTIONS, host: { providers: [ApiTokens] } });
    expect((await inputsAfterLogin(host))['header']).toEqual({ 'x-acme-key': 'replaced' });
    expect(host.logs.text).toContain('gets the docs without the keys');
    expect(host.logs.text).not.toContain('canary');
  });
});
