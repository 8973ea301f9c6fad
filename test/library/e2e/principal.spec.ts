import { expect, it, jest } from '@jest/globals';
import { ForbiddenException, type CanActivate } from '@nestjs/common';
import { describeOnEveryHost, importLibrary, mapperOf, DEFAULTS } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { createSignerSpy, readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, type Visitor } from '../../support/sessions.support.js';
import { DOCS, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

const LOGIN_URL = 'https://acme.example/login';
const TO_LOGIN = `${LOGIN_URL}?returnTo=%2Fdocs-login%3Flogin-attempt%3D1`;

/** What guards of several packages put on a request. */
interface HostRequest {
  readonly headers: Record<string, string | undefined>;
  user?: unknown;
  auth?: { account?: Visitor };
  session?: { user?: Visitor | undefined };
  account?: Visitor | undefined;
}

const PLACES: [
  string,
  (request: HostRequest, visitor: Visitor) => void,
  (request: HostRequest) => unknown,
][] = [
  ['request.auth', (request, account) => (request.auth = { account }), ({ auth }) => auth?.account],
  ['request.session.user', (request, user) => (request.session = { user }), ({ session }) => session?.user],
  ['request.account', (request, account) => (request.account = account), ({ account }) => account],
];

/** Puts Ada where `put` says, if the request is hers; `isOpen` is what it answers for all others. */
function guardOf(put: (request: HostRequest, visitor: Visitor) => void, isOpen = true): CanActivate {
  return {
    canActivate: (context) => {
      const request = context.switchToHttp().getRequest<HostRequest>();
      if (request.headers['x-visitor'] !== 'ada') return isOpen;
      put(request, ADA);
      return true;
    },
  };
}

const AS_ADA = { 'x-visitor': 'ada' };
const putAccount = (request: HostRequest, account: Visitor): void => {
  request.account = account;
};
const readAccount = ({ account }: HostRequest): unknown => account;

describeOnEveryHost('the option principal', ({ boot, style }) => {
  it.each(PLACES)('takes the account from %s, at every handshake', async (_, put, principal) => {
    const handshake = { guards: [guardOf(put)], principal };
    const host = await boot({
      options: {
        loginUrl: LOGIN_URL,
        handshakes: { jwt: handshake, sharedSession: handshake, oauth: handshake },
      },
    });
    const login = await host.get('/docs-login', AS_ADA).expect(302);
    expect(await verifyToken(readArrival(login.get('location')).token)).toMatchObject({ groups: ADA.roles });
    for (const path of [SESSION_PATH, OAUTH_PATH]) {
      const answer = await host.get(path, { ...AS_ADA, Origin: DOCS }).expect(200);
      expect(answer.body).toMatchObject({ groups: ADA.roles });
      await host.get(path, { Origin: DOCS }).expect(401);
    }
    const anonymous = await host.get('/docs-login').expect(302);
    expect(anonymous.get('location')).toBe(TO_LOGIN);
  });

  it('is called once for a request, also for its audit event', async () => {
    const { auditSink, events } = auditCollector();
    const principal = jest.fn(readAccount);
    const jwt = { guards: [guardOf(putAccount)], principal };
    const host = await boot({ options: { auditSink, handshakes: { jwt } } });
    await host.get('/docs-login', AS_ADA).expect(302);
    expect(events[0]?.subject).toMatch(/^[\w-]{22}$/);
    expect(principal).toHaveBeenCalledTimes(1);
  });

  it('ignores request.user, which may be something else', async () => {
    const guard = guardOf((request) => {
      request.user = 'a service account';
    });
    const jwt = { guards: [guard], principal: readAccount };
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt } } });
    const response = await host.get('/docs-login', AS_ADA).expect(302);
    expect(response.get('location')).toBe(TO_LOGIN);
    expect(host.map).not.toHaveBeenCalled();
  });

  it.each<[string, CanActivate, number]>([
    ['false for no one is a login', guardOf(putAccount, false), 302],
    [
      'false for a known account stays 403',
      {
        canActivate: (context) => {
          putAccount(context.switchToHttp().getRequest(), ADA);
          return false;
        },
      },
      403,
    ],
    [
      '403 for a known account stays 403',
      {
        canActivate: (context) => {
          putAccount(context.switchToHttp().getRequest(), ADA);
          throw new ForbiddenException('The plan has no docs.');
        },
      },
      403,
    ],
  ])('decides who is anonymous when a guard refuses: %s', async (_, guard, status) => {
    const jwt = { guards: [guard], principal: readAccount };
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt } } });
    const response = await host.get('/docs-login').expect(status);
    expect(response.get('location')).toBe(status === 302 ? TO_LOGIN : undefined);
    expect(response.get('cache-control')).toBe('no-store');
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new TypeError('canary: ada@acme.example');
      },
      /handshakes\.jwt\.principal threw an error/,
    ],
    ['returns a promise', () => Promise.resolve(ADA), /handshakes\.jwt\.principal returned a promise/],
    ['returns a promise that fails', () => Promise.reject(new Error('late')), /returned a promise/],
  ])('that %s is an error with a code, and no token', async (_, principal, message) => {
    const signingKey = createSignerSpy();
    const handshake = { guards: [guardOf(putAccount)], principal };
    const host = await boot({
      options: {
        signingKey,
        loginUrl: LOGIN_URL,
        handshakes: { jwt: handshake, sharedSession: handshake, oauth: handshake },
      },
    });
    const login = await host.get('/docs-login', AS_ADA).expect(500);
    expect(login.body).toEqual({ statusCode: 500, code: 'principal_failed' });
    expect(login.get('location')).toBeUndefined();
    for (const path of [SESSION_PATH, OAUTH_PATH]) {
      const answer = await host.get(path, { ...AS_ADA, Origin: DOCS }).expect(500);
      expect(answer.body).toEqual({ statusCode: 500, code: 'principal_failed' });
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
    }
    expect(host.map).not.toHaveBeenCalled();
    expect(signingKey.sign).not.toHaveBeenCalled();
    const logged = host.logs.lines.join('\n');
    expect(logged).toMatch(message);
    expect(logged).not.toContain('canary');
  });

  it('that throws when a guard refuses is the same error, not a login without end', async () => {
    const jwt = {
      guards: [guardOf(putAccount, false)],
      principal: ({ auth }: HostRequest) => auth!.account,
    };
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt } } });
    const response = await host.get('/docs-login').expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'principal_failed' });
    expect(response.get('location')).toBeUndefined();
  });

  it('tells audit events who the visitor is, also when the host answers itself', async () => {
    const { auditSink, events } = auditCollector();
    const busy: CanActivate = {
      canActivate: (context) => {
        const { headers } = context.switchToHttp().getRequest<HostRequest>();
        if (headers['x-plan'] === 'none') throw new ForbiddenException();
        return true;
      },
    };
    const jwt = { guards: [guardOf(putAccount), busy], principal: readAccount };
    const host = await boot({ options: { auditSink, loginUrl: LOGIN_URL, handshakes: { jwt } } });
    await host.get('/docs-login', AS_ADA).expect(302);
    await host.get('/docs-login', { ...AS_ADA, 'x-plan': 'none' }).expect(403);
    await host.get('/docs-login').expect(302);
    expect(events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['login.succeeded', 'ok'],
      ['login.refused', 'http_403'],
      ['login.required', 'unauthenticated'],
    ]);
    const [first, second, third] = events.map(({ subject }) => subject);
    expect(first).toMatch(/^[\w-]{22}$/);
    expect([second, third]).toEqual([first, undefined]);
  });

  it('is named in the log, once, if it never finds an account', async () => {
    const jwt = { guards: [guardOf(putAccount)], principal: () => undefined };
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt } } });
    for (let visit = 0; visit < 3; visit += 1) await host.get('/docs-login', AS_ADA).expect(302);
    const warnings = host.logs.lines.filter((line) => line.includes('There is no principal'));
    expect(warnings).toEqual([expect.stringContaining('handshakes.jwt.principal returned none')]);
  });

  it('belongs to one import of the module', async () => {
    const partner = importLibrary(style, {
      ...DEFAULTS,
      claimMapper: mapperOf(() => ({ groups: ['partner'] })),
      handshakes: {
        jwt: {
          path: 'partner-login',
          guards: [guardOf((request, account) => (request.auth = { account }))],
          principal: ({ auth }: HostRequest) => auth?.account,
        },
      },
    });
    const jwt = { guards: [guardOf(putAccount)], principal: readAccount };
    const host = await boot({ options: { handshakes: { jwt } }, host: { imports: [partner] } });
    const own = await host.get('/docs-login', AS_ADA).expect(302);
    const other = await host.get('/partner-login', AS_ADA).expect(302);
    const groups = [own, other].map(async (answer) => {
      const { token } = readArrival(answer.get('location'));
      return (await verifyToken(token))['groups'];
    });
    expect(await Promise.all(groups)).toEqual([ADA.roles, ['partner']]);
  });
});
