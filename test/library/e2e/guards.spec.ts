import { describe, expect, it } from '@jest/globals';
import {
  Inject,
  Injectable,
  Module,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import request from 'supertest';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { createSignerSpy, readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';

const LOGIN_URL = 'https://acme.example/login';

interface HostRequest {
  headers: Record<string, string | undefined>;
  user?: Visitor;
}

const readRequest = (context: ExecutionContext): HostRequest => context.switchToHttp().getRequest();

@Injectable()
class SessionStore {
  find(id: string | undefined): Visitor | undefined {
    return id === 'ada' ? ADA : undefined;
  }
}

@Module({ providers: [SessionStore], exports: [SessionStore] })
class SessionModule {}

@Injectable()
class StoredSessionGuard implements CanActivate {
  constructor(@Inject(SessionStore) private readonly sessions: SessionStore) {}

  canActivate(context: ExecutionContext): boolean {
    const request = readRequest(context);
    request.user = this.sessions.find(request.headers['x-session']);
    if (request.user === undefined) throw new UnauthorizedException();
    return true;
  }
}

/** The host guards every route at once, and the handshake's own list is empty. */
const GUARDED_GLOBALLY: HostSetup = {
  options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards: [] } } },
  host: { imports: [SessionModule], providers: [{ provide: APP_GUARD, useClass: StoredSessionGuard }] },
};

describeOnEveryHost('the guards of docs login', ({ boot }) => {
  it('run in the order of the list, up to the one that refuses', async () => {
    const calls: string[] = [];
    const guard = (name: string, user: Visitor | undefined, isOpen = true): CanActivate => ({
      canActivate: (context) => {
        const request = readRequest(context);
        calls.push(`${name} sees ${request.user?.id ?? 'no one'}`);
        request.user = user;
        return isOpen;
      },
    });
    const guards = [guard('first', ADA), guard('second', ADA, false), guard('third', ADA)];
    const host = await boot({ options: { handshakes: { jwt: { guards } } } });
    await host.get('/docs-login').expect(403);
    expect(calls).toEqual(['first sees no one', 'second sees ada']);
  });

  it('take what they inject from the imports', async () => {
    const handshakes = { jwt: { guards: [StoredSessionGuard] } };
    const host = await boot({ options: { imports: [SessionModule], handshakes, loginUrl: LOGIN_URL } });
    const known = await host.get('/docs-login', { 'x-session': 'ada' }).expect(302);
    expect(await verifyToken(readArrival(known.get('location')).token)).toMatchObject({ groups: ADA.roles });
    const anonymous = await host.get('/docs-login', { 'x-session': 'eve' }).expect(302);
    expect(anonymous.get('location')).toBe(`${LOGIN_URL}?returnTo=%2Fdocs-login%3Flogin-attempt%3D1`);
  });

  it('may stand behind a passport strategy', async () => {
    const adminsOnly: CanActivate = {
      canActivate: (context) => readRequest(context).user?.roles.includes('admin') === true,
    };
    const guards = [AuthGuard('jwt'), adminsOnly];
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards } } } });
    const admin = await host.get('/docs-login', await bearer());
    const member = await host.get('/docs-login', await bearer({ ...ADA, roles: ['viewer'] }));
    expect([admin.status, member.status]).toEqual([302, 403]);
  });

  describe('when the app has a global one instead', () => {
    it('takes the principal from it', async () => {
      const host = await boot(GUARDED_GLOBALLY);
      const response = await host.get('/docs-login', { 'x-session': 'ada' }).expect(302);
      const { token } = readArrival(response.get('location'));
      expect(await verifyToken(token)).toMatchObject({ content: { firstName: 'Ada' } });
    });

    it('sends whom it refuses to the login page, with the headers of the route', async () => {
      const host = await boot(GUARDED_GLOBALLY);
      const response = await host.get('/docs-login?redirect=/a').expect(302);
      expect(response.get('location')).toBe(
        `${LOGIN_URL}?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa%26login-attempt%3D1`,
      );
      expect(response.get('cache-control')).toBe('no-store');
      expect(response.get('referrer-policy')).toBe('no-referrer');
    });

    it.each<Record<string, string>>([{ 'x-session': 'ada' }, {}])(
      'still refuses what is no visitor on the way, given %j',
      async (session) => {
        const signingKey = createSignerSpy();
        const host = await boot({
          ...GUARDED_GLOBALLY,
          options: { ...GUARDED_GLOBALLY.options, signingKey },
        });
        const answers = [
          await request(`http://127.0.0.1:${host.port}`).head('/docs-login').set(session),
          await host.get('/docs-login', { ...session, 'Sec-Purpose': 'prefetch' }),
          await host.get('/docs-login', { ...session, 'Sec-Fetch-Dest': 'iframe' }),
        ];
        expect(answers.map(({ status }) => status)).toEqual([405, 503, 403]);
        expect(answers.map((answer) => answer.get('location'))).toEqual([undefined, undefined, undefined]);
        expect(signingKey.sign).not.toHaveBeenCalled();
      },
    );

    it('is anonymous to an empty list with no guard at all', async () => {
      const host = await boot({ options: GUARDED_GLOBALLY.options });
      const response = await host.get('/docs-login', { 'x-session': 'ada' }).expect(302);
      expect(response.get('location')).toBe(`${LOGIN_URL}?returnTo=%2Fdocs-login%3Flogin-attempt%3D1`);
    });
  });
});
