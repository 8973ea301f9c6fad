import { expect, it } from '@jest/globals';
import { UnauthorizedException } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { MintlifySigningService } from 'nestjs-mintlify-personalization';
import { viewAs } from 'nestjs-mintlify-personalization/testing';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { privateDocsKeys } from '../../support/keys.support.js';
import { PRIVATE_TOKEN_VERIFIERS, readPrivateArrival } from '../../support/private-docs-arrival.support.js';
import { ADA, bearer, cookie } from '../../support/sessions.support.js';
import { urlOf } from '../../support/single-page-app.support.js';
import { until } from '../../support/until.support.js';
import { corsHeaders } from '../../support/user-info.support.js';
import {
  apiKeyOf,
  fromPages,
  GRACE,
  PAGES,
  PETER,
  postViewAs,
  postViewAsForm,
  REASON,
  VIEW_AS,
  VIEW_AS_PATH,
  viewAsPolicy,
} from '../../support/view-as.support.js';

const GRACES = { subject: 'grace', reason: REASON, redirect: '/billing', anchor: 'plan' };
const HASH = /^[\w-]{22}$/;

describeOnEveryHost('an administrator who views the docs as someone', ({ boot }) => {
  async function bootViewAs() {
    const { auditSink, events } = auditCollector();
    const { viewAs, calls } = viewAsPolicy();
    const host = await boot({ options: { ...VIEW_AS, viewAs, auditSink } });
    return { host, calls, events };
  }

  it('may come from pages of the origins for which a function says true, and of no other', async () => {
    const asked: string[] = [];
    const { viewAs } = viewAsPolicy();
    const origins = ((origin: string) => {
      asked.push(origin);
      if (origin.includes('broken')) throw new Error('secret of the function');
      return origin.includes('promise')
        ? Promise.resolve(true)
        : /^https:\/\/\w+\.pages\.example$/.test(origin);
    }) as (origin: string) => boolean;
    const { auditSink } = auditCollector();
    const host = await boot({
      options: { ...VIEW_AS, viewAs, auditSink, handshakes: { viewAs: { origins } } },
    });
    const visitor = await cookie();
    const allowed = await postViewAs(host, GRACES, {
      ...fromPages('https://acme.pages.example'),
      ...visitor,
    });
    expect(allowed.status).toBe(200);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://acme.pages.example',
      vary: 'Origin',
    });
    for (const origin of ['https://a.b.pages.example', 'https://promise.example', 'https://broken.example']) {
      const refused = await postViewAs(host, GRACES, { ...fromPages(origin), ...visitor });
      expect([origin, refused.status, refused.text]).toEqual([
        origin,
        403,
        JSON.stringify({ statusCode: 403, code: 'origin_not_allowed' }),
      ]);
      expect(corsHeaders(refused)).toEqual([]);
    }
    asked.length = 0;
    for (const origin of [
      'null',
      'https://acme.pages.example/',
      'https://ACME.pages.example',
      'x'.repeat(9_000),
    ]) {
      expect((await postViewAs(host, GRACES, { ...fromPages(origin), ...visitor })).status).toBe(403);
    }
    expect(asked).toEqual([]);
  });

  it('is tested by viewAs of /testing, which asks the same policy and records the same event', async () => {
    const { host, calls, events } = await bootViewAs();
    const url = await viewAs(host.app, { actor: ADA, subject: 'grace', redirect: '/billing' });
    const { page, token } = readArrival(url);
    expect(page).toBe('https://docs.acme.example/billing');
    expect(await verifyToken(token)).toMatchObject({ groups: GRACE.roles, content: { firstName: 'Grace' } });
    expect(calls.canViewAs).toHaveBeenCalledWith(ADA, expect.objectContaining({ subject: 'grace' }));
    await expect(viewAs(host.app, { actor: GRACE, subject: 'ada', reason: REASON })).rejects.toMatchObject({
      code: 'view_as_denied',
    });
    await until(() => events.length > 1);
    expect(events).toMatchObject([
      { type: 'view_as.started', reason: 'A test' },
      { type: 'view_as.refused', reason: REASON },
    ]);
  });

  it('gets the URL of the docs as that person sees them, for 15 minutes', async () => {
    const { host, calls, events } = await bootViewAs();
    const answer = await postViewAs(host, GRACES, { ...fromPages(), ...(await cookie()) }).expect(200);
    expect(Object.keys(answer.body as object)).toEqual(['url']);
    const { page, token, anchor } = readArrival(urlOf(answer));
    expect({ page, anchor }).toEqual({ page: 'https://docs.acme.example/billing', anchor: 'plan' });
    const claims = await verifyToken(token);
    const expiresAt = claims['expiresAt'] as number;
    expect(claims).toMatchObject({
      groups: GRACE.roles,
      content: {
        firstName: 'Grace',
        apiKey: '[removed]',
        snippet: 'curl [removed]',
        viewingAs: { until: new Date(expiresAt * 1_000).toISOString().replace('.000Z', 'Z') },
      },
    });
    expect(expiresAt - (claims.iat as number)).toBeLessThanOrEqual(900);
    expect(claims['apiPlaygroundInputs']).toBeUndefined();
    expect(JSON.stringify(claims)).not.toContain(apiKeyOf(GRACE));
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': PAGES,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    expect(calls.canViewAs).toHaveBeenCalledWith(ADA, expect.objectContaining({ subject: 'grace' }));
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      {
        type: 'view_as.started',
        handshake: 'view-as',
        outcome: 'ok',
        actor: expect.stringMatching(HASH),
        subject: expect.stringMatching(HASH),
        reason: REASON,
        groupCount: 1,
        durationMs: expect.any(Number),
      },
    ]);
    expect(events[0]?.actor).not.toBe(events[0]?.subject);
  });

  it('is redirected with 303 after a form of the own pages', async () => {
    const { host } = await bootViewAs();
    const answer = await postViewAsForm(host, GRACES, await cookie()).expect(303);
    const { page, token } = readArrival(answer.get('location'));
    expect(page).toBe('https://docs.acme.example/billing');
    expect(await verifyToken(token)).toMatchObject({ groups: GRACE.roles });
    expect([answer.text, answer.get('cache-control')]).toEqual(['', 'no-store']);
  });

  it('has the same hashes in the events as the logins of both', async () => {
    const { host, events } = await bootViewAs();
    await host.get('/docs-login', await bearer());
    await host.get('/docs-login', await bearer(GRACE));
    await postViewAs(host, GRACES, { ...fromPages(), ...(await bearer()) }).expect(200);
    await until(() => events.length > 2);
    const [ada, grace, visit] = events;
    expect([visit?.actor, visit?.subject]).toEqual([ada?.subject, grace?.subject]);
  });

  it('sees the private docs of another tenant if the policy names it', async () => {
    const { host, calls, events } = await bootViewAs();
    calls.canViewAs.mockReturnValue({ allowed: true, tenantId: 'initech' });
    const answer = await postViewAs(
      host,
      { subject: 'peter', reason: REASON, redirect: '/a' },
      { ...fromPages(), ...(await cookie()) },
    ).expect(200);
    const { callback, redirect, token } = readPrivateArrival(urlOf(answer));
    expect([callback, redirect]).toEqual(['https://internal.acme.example/login/jwt-callback', '/a']);
    expect(await PRIVATE_TOKEN_VERIFIERS.jose?.(token, privateDocsKeys.publicKey)).toMatchObject({
      host: 'internal.acme.example',
      content: { firstName: 'Peter', viewingAs: { until: expect.any(String) } },
    });
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      { type: 'view_as.started', tenantId: 'initech', subject: expect.any(String) },
    ]);
  });

  it('never sees those of another tenant by a plain yes', async () => {
    const { host, events } = await bootViewAs();
    for (const yes of ['peter', 'unknown']) {
      const answer = await postViewAs(
        host,
        { subject: yes, reason: REASON },
        { ...fromPages(), ...(await cookie()) },
      );
      expect([answer.status, answer.body]).toEqual([403, { statusCode: 403, code: 'view_as_denied' }]);
      await until(() => events.length > 0);
      expect(events.splice(0)).toMatchObject([
        {
          type: 'view_as.refused',
          outcome: 'view_as_denied',
          actor: expect.stringMatching(HASH),
          subject: expect.stringMatching(HASH),
          reason: REASON,
        },
      ]);
    }
  });

  it.each([
    ['false', false],
    ['a text', 'true'],
    ['1', 1],
    ['nothing', undefined],
    ['an object without a yes', { tenantId: 'initech' }],
    ['an object with a text', { allowed: 'yes', tenantId: 'initech' }],
  ])('sees nothing if the policy says %s', async (_, answer) => {
    const { host, calls, events } = await bootViewAs();
    calls.canViewAs.mockReturnValue(answer as boolean);
    const refused = await postViewAs(host, GRACES, { ...fromPages(), ...(await cookie()) });
    expect([refused.status, refused.body]).toEqual([403, { statusCode: 403, code: 'view_as_denied' }]);
    expect(calls.loadPrincipal).not.toHaveBeenCalled();
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      { type: 'view_as.refused', actor: expect.any(String), subject: expect.any(String) },
    ]);
  });

  it('sees nothing if another account is loaded than the one asked for', async () => {
    const { host, calls } = await bootViewAs();
    calls.loadPrincipal.mockReturnValue(ADA);
    const refused = await postViewAs(host, GRACES, { ...fromPages(), ...(await cookie()) });
    expect(refused.body).toEqual({ statusCode: 403, code: 'view_as_denied' });
    expect(host.logs.lines.join()).toContain('audit.subject');
  });

  it('has no visit of a visitor who is not logged in, and no event that names one', async () => {
    const { host, calls, events } = await bootViewAs();
    const answer = await postViewAs(host, GRACES, fromPages());
    expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
    expect(calls.canViewAs).not.toHaveBeenCalled();
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      { type: 'login.refused', handshake: 'view-as', outcome: 'unauthenticated' },
    ]);
    expect(Object.keys(events[0] ?? {})).not.toContain('actor');
  });

  it('needs a reason and a subject, and hears which is wrong', async () => {
    const { host, calls } = await bootViewAs();
    const bodies: [object, RegExp][] = [
      [{ subject: 'grace' }, /^reason /],
      [{ subject: 'grace', reason: ' ' }, /^reason is empty/],
      [{ subject: 'grace', reason: 'a\nb' }, /^reason has a line break/],
      [{ subject: 'grace', reason: 'a'.repeat(501) }, /^reason is longer/],
      [{ subject: 'grace', reason: ['Ticket 7', 'Ticket 8'] }, /^reason must be a string/],
      [{ reason: REASON }, /^subject /],
      [{ ...GRACES, tenantId: 'initech' }, /^The field tenantId is not allowed/],
    ];
    for (const [body, message] of bodies) {
      const answer = await postViewAs(host, body, { ...fromPages(), ...(await cookie()) });
      expect([answer.status, answer.body]).toEqual([
        400,
        { statusCode: 400, message: expect.stringMatching(message) },
      ]);
    }
    expect(calls.canViewAs).not.toHaveBeenCalled();
  });

  it('is not started by a link, nor by what is no page of the app', async () => {
    const { host, calls } = await bootViewAs();
    const session = await cookie();
    expect((await host.get(`${VIEW_AS_PATH}?subject=grace&reason=x`, session)).status).toBe(404);
    const refused: [number, Record<string, string>, string?][] = [
      ...[
        `${PAGES}/`,
        'https://APP.acme.example',
        'https://evil.example',
        'null',
        'https://docs.acme.example',
      ].map((origin): [number, Record<string, string>] => [403, fromPages(origin)]),
      [403, { 'Sec-Fetch-Site': 'same-origin' }],
      [403, {}],
      [403, fromPages(PAGES, 'iframe')],
      [403, fromPages(PAGES, 'document')],
      [415, { ...fromPages(), 'Content-Type': 'text/plain' }],
      [415, { ...fromPages(), 'Content-Type': 'multipart/form-data; boundary=x' }],
      [415, { ...fromPages(), 'Content-Type': 'text/html' }],
    ];
    for (const [status, headers] of refused) {
      const answer = await postViewAs(host, GRACES, { ...headers, ...session });
      expect([headers, answer.status]).toEqual([headers, status]);
    }
    const form = await postViewAsForm(host, GRACES, { Origin: 'https://evil.example', ...session });
    expect([form.status, form.get('location'), corsHeaders(form)]).toEqual([403, undefined, []]);
    expect(calls.canViewAs).not.toHaveBeenCalled();
  });

  it('may be started by code of the app, with the same event', async () => {
    const { host, events } = await bootViewAs();
    const signing = host.app.get(MintlifySigningService, { strict: false });
    const url = await signing.createViewAsUrl(ADA, 'grace', { reason: REASON, redirect: '/a' });
    const { page, token } = readArrival(url);
    expect([page, decodeJwt(token)['content']]).toEqual([
      'https://docs.acme.example/a',
      expect.objectContaining({ firstName: 'Grace', viewingAs: { until: expect.any(String) } }),
    ]);
    await expect(signing.createViewAsUrl(ADA, 'peter', { reason: REASON })).rejects.toMatchObject({
      code: 'view_as_denied',
    });
    await expect(signing.createViewAsUrl(GRACE, 'peter', { reason: REASON })).rejects.toMatchObject({
      code: 'view_as_denied',
    });
    const people = {
      actor: expect.stringMatching(HASH),
      subject: expect.stringMatching(HASH),
      reason: REASON,
    };
    expect(events).toMatchObject([
      { type: 'view_as.started', outcome: 'ok', ...people },
      { type: 'view_as.refused', outcome: 'view_as_denied', ...people },
      { type: 'view_as.refused', outcome: 'view_as_denied', ...people },
    ]);
    for (const [actor, subject, reason] of [
      [undefined, 'grace', REASON],
      [{}, 'grace', REASON],
      [ADA, '', REASON],
      [ADA, 'grace', ''],
    ] as const) {
      await expect(signing.createViewAsUrl(actor, subject, { reason })).rejects.toMatchObject({
        code: expect.stringMatching(/^(unauthenticated|invalid_option|view_as_invalid)$/),
      });
    }
    expect(events).toHaveLength(3);
  });

  it('is refused, not logged out, if the account is blocked', async () => {
    const { host, calls } = await bootViewAs();
    calls.loadPrincipal.mockReturnValue({
      ...PETER,
      id: 'grace',
      get roles(): string[] {
        throw new UnauthorizedException();
      },
    });
    const answer = await postViewAs(host, GRACES, { ...fromPages(), ...(await cookie()) });
    expect([answer.status, answer.body]).toEqual([403, { statusCode: 403, code: 'view_as_denied' }]);
  });

  it('is not possible unless both options are set', async () => {
    const host = await boot();
    expect((await postViewAs(host, GRACES, { ...fromPages(), ...(await cookie()) })).status).toBe(404);
    const signing = host.app.get(MintlifySigningService, { strict: false });
    await expect(signing.createViewAsUrl(ADA, 'grace', { reason: REASON })).rejects.toThrow(
      /^viewAs is not set/,
    );
    await expect(boot({ options: VIEW_AS })).rejects.toThrow(/^handshakes\.viewAs mounts a route/);
  });
});
