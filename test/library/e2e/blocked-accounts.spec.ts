import { describe, expect, it } from '@jest/globals';
import {
  Catch,
  ForbiddenException,
  HttpException,
  UnauthorizedException,
  type ArgumentsHost,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { createSignerSpy } from '../../support/docs-arrival.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { APP, fromApp, postLogin, SINGLE_PAGE_APP } from '../../support/single-page-app.support.js';
import { resolverOf, sourceOf } from '../../support/tenants.support.js';
import { BOTH, DOCS, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

const LOGIN_URL = 'https://acme.example/login';
const TOKEN = { authorization: 'Bearer ada' };

/** An `HttpException` of another copy of `@nestjs/common`: the same methods, another class. */
class ForeignHttpException extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
  getStatus(): number {
    return this.status;
  }
  getResponse(): object {
    return { statusCode: this.status, message: this.message };
  }
}

type Thrown = () => unknown;
const GONE: [string, Thrown][] = [
  ['UnauthorizedException', () => new UnauthorizedException('This account is gone.')],
  ['a 401 of another copy of Nest', () => new ForeignHttpException(401, 'This account is gone.')],
];
const BLOCKED: [string, Thrown][] = [
  ['ForbiddenException', () => new ForbiddenException('This account is blocked.')],
  ['a 403 of another copy of Nest', () => new ForeignHttpException(403, 'This account is blocked.')],
];

function thrown(error: unknown): never {
  throw error;
}

/** Each port that may refuse a visitor, at once and later. The resolver is called for anonymous visitors, too. */
const PORTS: [string, (create: Thrown) => Partial<MintlifyPersonalizationOptions>][] = [
  ['the claim mapper', (create) => ({ claimMapper: mapperOf(() => thrown(create())) })],
  ['an async claim mapper', (create) => ({ claimMapper: mapperOf(() => Promise.reject(create())) })],
  ['the tenant resolver', (create) => ({ tenantResolver: resolverOf(() => thrown(create())) })],
  ['an async tenant resolver', (create) => ({ tenantResolver: resolverOf(() => Promise.reject(create())) })],
  [
    'the tenant source',
    (create) => ({
      tenantResolver: resolverOf((visitor) => visitor && 'globex'),
      tenantSource: sourceOf(() => Promise.reject(create())),
    }),
  ],
];

describeOnEveryHost('an account that is blocked or deleted', ({ boot }) => {
  describe.each(PORTS)('as %s says', (_, optionsOf) => {
    it.each(GONE)('with %s goes to the login page, as if a guard had said so', async (__, create) => {
      const { auditSink, events } = auditCollector();
      const signingKey = createSignerSpy();
      const options = { signingKey, auditSink, loginUrl: LOGIN_URL, ...optionsOf(create) };
      const host = await boot({ options });
      const response = await host.get('/docs-login?redirect=/a', await bearer()).expect(302);
      expect(response.get('location')).toBe(
        `${LOGIN_URL}?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa%26login-attempt%3D1`,
      );
      expect(response.get('cache-control')).toBe('no-store');
      expect(signingKey.sign).not.toHaveBeenCalled();
      expect(events).toEqual([
        expect.objectContaining({ type: 'login.required', outcome: 'visitor_refused', handshake: 'jwt' }),
      ]);
      expect(events[0]?.subject).toMatch(/^[\w-]{22}$/);
    });

    it.each(GONE)('with %s is 401 without a login page', async (__, create) => {
      const { auditSink, events } = auditCollector();
      const host = await boot({ options: { auditSink, ...optionsOf(create) } });
      const response = await host.get('/docs-login', await bearer()).expect(401);
      expect(response.body).toMatchObject({ statusCode: 401, message: 'This account is gone.' });
      expect(events).toMatchObject([{ type: 'login.refused', outcome: 'visitor_refused' }]);
    });

    it.each(BLOCKED)('with %s stays out, and is not sent to log in again', async (__, create) => {
      const { auditSink, events } = auditCollector();
      const signingKey = createSignerSpy();
      const options = { signingKey, auditSink, loginUrl: LOGIN_URL, ...optionsOf(create) };
      const host = await boot({ options });
      const response = await host.get('/docs-login', await bearer()).expect(403);
      expect(response.body).toMatchObject({ statusCode: 403, message: 'This account is blocked.' });
      expect(response.get('location')).toBeUndefined();
      expect(response.get('cache-control')).toBe('no-store');
      expect(signingKey.sign).not.toHaveBeenCalled();
      expect(events).toMatchObject([{ type: 'login.refused', outcome: 'visitor_refused' }]);
      expect(host.logs.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    });

    it.each([...GONE, ...BLOCKED])(
      'with %s gets an answer that the docs page can read',
      async (__, create) => {
        const { auditSink, events } = auditCollector();
        const host = await boot({ options: { ...BOTH, auditSink, ...optionsOf(create) } });
        const { status } = await host.get('/docs-login', await bearer());
        const answers = [
          await host.get(SESSION_PATH, { Origin: DOCS, ...(await cookie()) }),
          await host.get(OAUTH_PATH, { Origin: DOCS, ...TOKEN }),
        ];
        for (const answer of answers) {
          expect(answer.status).toBe(status);
          expect(answer.get('access-control-allow-origin')).toBe(DOCS);
          expect(answer.get('cache-control')).toBe('private, no-store');
        }
        const [session, oauth] = answers;
        expect(session?.get('www-authenticate')).toBeUndefined();
        // RFC 6750, section 3.1: a client that sent a token is told that the token is of no use.
        const challenge = 'Bearer error="invalid_token", error_description="The account may not log in."';
        expect(oauth?.get('www-authenticate')).toBe(status === 401 ? challenge : undefined);
        expect(events.slice(1)).toMatchObject([
          { type: 'user_info.refused', handshake: 'shared-session', outcome: 'visitor_refused' },
          { type: 'user_info.refused', handshake: 'oauth', outcome: 'visitor_refused' },
        ]);
      },
    );
  });

  it.each([...GONE, ...BLOCKED])(
    'with %s gets an answer that a single-page app can read',
    async (_, create) => {
      const { auditSink, events } = auditCollector();
      const claimMapper = mapperOf(() => thrown(create()));
      const host = await boot({
        options: { ...SINGLE_PAGE_APP, auditSink, loginUrl: LOGIN_URL, claimMapper },
      });
      const answer = await postLogin(host, {}, { ...fromApp(), ...(await bearer()) });
      expect(answer.status).toBe((create() as HttpException).getStatus());
      expect(answer.get('access-control-allow-origin')).toBe(APP);
      expect(answer.text).not.toContain('eyJ');
      expect(events).toMatchObject([{ type: 'login.refused', outcome: 'visitor_refused' }]);
    },
  );

  it.each([
    ['another status', new HttpException('Pay first.', 402), 'claim_mapper_failed'],
    ['a server error', new HttpException('Later.', 503), 'claim_mapper_failed'],
    ['an error with a status alone', Object.assign(new Error('No.'), { status: 403 }), 'claim_mapper_failed'],
  ])('is not meant by %s', async (_, error, code) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL, claimMapper: mapperOf(() => thrown(error)) } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code });
  });

  it('is left to the filter that the host has for its own exception', async () => {
    class AccountBlockedException extends ForbiddenException {}
    @Catch(AccountBlockedException)
    class AccountBlockedFilter extends BaseExceptionFilter {
      override catch(_: AccountBlockedException, host: ArgumentsHost): void {
        super.catch(new HttpException('Call us.', 451), host);
      }
    }
    const { auditSink, events } = auditCollector();
    const claimMapper = mapperOf(() => thrown(new AccountBlockedException()));
    const host = await boot({
      options: { auditSink, claimMapper, loginUrl: LOGIN_URL },
      host: { providers: [{ provide: APP_FILTER, useClass: AccountBlockedFilter }] },
    });
    await host.get('/docs-login', await bearer()).expect(451);
    expect(events).toMatchObject([{ type: 'login.refused', outcome: 'http_451' }]);
  });
});
