import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import * as library from 'nestjs-mintlify-personalization';
import type { AuditEvent, MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf, type Host, type HostFactory } from '../support/apps.support.js';
import { auditCollector } from '../support/audit.support.js';
import { pkcs8 } from '../support/keys.support.js';
import { errorOf, startSigning } from '../support/modules.support.js';
import { cookie, createSession } from '../support/sessions.support.js';
import { TelemetryCollector } from '../support/telemetry.support.js';
import { AUDIENCE, SCOPE, TokenIssuer } from '../support/token-issuer.support.js';
import { until } from '../support/until.support.js';
import { DOCS, OAUTH_PATH, SESSION_PATH } from '../support/user-info.support.js';
import { fromPages, VIEW_AS, VIEW_AS_PATH, viewAsPolicy } from '../support/view-as.support.js';
import { Canaries } from './canaries.js';
import { FAILURE_SCENARIOS } from './failure-scenarios.js';

const telemetry = new TelemetryCollector();
/** All output of an app, in which a secret could leak. */
interface Watched {
  readonly host: Host;
  readonly canaries: Canaries;
  readonly heard: string[];
  readonly events: readonly AuditEvent[];
  /** Sends a request and records the whole response, except a `Location` header that leads to the docs. */
  readonly ask: (path: string, headers?: Record<string, string>) => Promise<number>;
}

beforeAll(() => void telemetry.start());
afterAll(() => telemetry.stop());

async function watch(
  boot: HostFactory['boot'],
  canaries: Canaries,
  options: Partial<MintlifyPersonalizationOptions>,
): Promise<Watched> {
  const { auditSink, events } = auditCollector();
  const host = await boot({
    options: {
      signingKey: pkcs8(canaries.keys),
      audit: { subjectKey: canaries.subjectKey },
      auditSink,
      claimMapper: mapperOf(() => canaries.user),
      ...options,
    },
  });
  const heard: string[] = [];
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${host.port}${path}`, { headers, redirect: 'manual' });
    const { location = '', ...others } = Object.fromEntries(answer.headers);
    const [page = '', fragment = ''] = location.split('#', 2);
    const token = new URLSearchParams(fragment).get('jwt') ?? fragment;
    if (token.split('.').length === 3) canaries.addToken(token);
    // The only response that may contain user data is a successful one of the user-info routes.
    const body = await answer.text();
    heard.push(JSON.stringify(others), page, answer.status === 200 ? '' : body);
    return answer.status;
  };
  afterEachRequest.push(() => heard.push(JSON.stringify(events), host.logs.text));
  return { host, canaries, heard, events, ask };
}

const NO_LEAK = { hasOutput: true, found: [] };

let afterEachRequest: (() => void)[] = [];
beforeEach(() => {
  afterEachRequest = [];
});

/** The leaked secrets, and whether there was any output at all, so that an empty output does not pass. */
async function collectLeaks({ canaries, heard }: Watched) {
  for (const collect of afterEachRequest) collect();
  const spans = telemetry.takeSpans().map(({ name, attributes, events, status }) => ({
    name,
    attributes,
    events,
    status,
  }));
  const all = [...heard, JSON.stringify(spans), JSON.stringify(await telemetry.takePoints())].join('\n');
  return { hasOutput: all.includes('outcome'), found: canaries.findIn(all) };
}

describeOnEveryHost('No secret leaks from an app', ({ boot }) => {
  it.each(FAILURE_SCENARIOS)('at a login, when %s', async (_, status, options) => {
    const canaries = new Canaries();
    const watched = await watch(boot, canaries, options(canaries));
    const session = await createSession({ id: canaries.principal, firstName: canaries.claim, roles: [] });
    canaries.addToken(session);
    const headers = { Authorization: `Bearer ${session}` };
    expect(await watched.ask('/docs-login?redirect=/a&anchor=b', headers)).toBe(status);
    await watched.ask('/docs-login?redirect=https://evil.example/', headers);
    await watched.ask('/docs-login', { ...headers, 'Sec-Purpose': 'prefetch' });
    await watched.ask('/docs-login', { Authorization: `Bearer ${session}x` });
    expect(await collectLeaks(watched)).toEqual(NO_LEAK);
  });

  it.each(FAILURE_SCENARIOS)('in a user-info response, when %s', async (_, __, options) => {
    const canaries = new Canaries();
    const watched = await watch(boot, canaries, {
      ...options(canaries),
      handshakes: { sharedSession: { guards: [CookieGuard] }, oauth: { guards: [BearerGuard] } },
    });
    for (const origin of [DOCS, 'https://evil.example', 'null']) {
      await watched.ask(SESSION_PATH, { Origin: origin, Cookie: canaries.principal });
      await watched.ask(OAUTH_PATH, { Origin: origin, Authorization: `Bearer ${canaries.principal}` });
      await watched.ask(`${OAUTH_PATH}?access_token=${canaries.principal}`, { Origin: origin });
    }
    expect(await collectLeaks(watched)).toEqual(NO_LEAK);
  });

  it('through the reason of a visit as another person, which stands in its audit event alone', async () => {
    const canaries = new Canaries();
    const { viewAs } = viewAsPolicy();
    const { host, events } = await watch(boot, canaries, { ...VIEW_AS, viewAs });
    const visitor = await cookie();
    const said: string[] = [];
    const post = async (body: object) => {
      const answer = await fetch(`http://127.0.0.1:${host.port}${VIEW_AS_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...fromPages(), ...visitor },
        body: JSON.stringify(body),
      });
      said.push(JSON.stringify([...answer.headers]), await answer.text());
      return answer.status;
    };
    const reason = `Ticket of ${canaries.cause}`;
    const key = pkcs8(canaries.keys).replaceAll('\n', ' ');
    const statuses = [
      await post({ subject: 'grace', reason }),
      await post({ subject: 'unknown', reason }),
      await post({ subject: 'grace', reason: `${canaries.cause}\nTwo lines` }),
      await post({ subject: 'grace', reason: `Look at ${key}` }),
      await post({ subject: canaries.principal.repeat(20), reason }),
    ];
    expect(statuses).toEqual([200, 403, 400, 400, 400]);
    await until(() => events.length >= statuses.length);
    const spans = telemetry.takeSpans().map(({ name, attributes, events: within, status }) => ({
      name,
      attributes,
      within,
      status,
    }));
    const elsewhere = [
      ...said,
      host.logs.text,
      JSON.stringify(spans),
      JSON.stringify(await telemetry.takePoints()),
    ];
    expect(canaries.findIn(elsewhere.join('\n'))).toEqual([]);
    const [started, refused, ...others] = events;
    expect([started, refused]).toMatchObject([{ reason }, { reason }]);
    expect(canaries.findIn(JSON.stringify(others))).toEqual([]);
  });

  it('through the verification of access tokens', async () => {
    const issuer = await TokenIssuer.start();
    try {
      const canaries = new Canaries();
      const watched = await watch(boot, canaries, {
        accessTokens: {
          issuer: issuer.url,
          audience: AUDIENCE,
          jwksUri: issuer.jwksUri,
          requiredScopes: [SCOPE],
        },
        handshakes: { oauth: {} },
      });
      const tokens = [
        issuer.token({ sub: canaries.principal }),
        issuer.token({ sub: canaries.principal, scope: canaries.claim }),
        issuer.token({ sub: canaries.principal, aud: canaries.claim }),
        issuer.token({ sub: canaries.principal, exp: 1 }),
        `${issuer.token({ sub: canaries.principal })}x`,
        canaries.principal,
      ];
      for (const token of tokens) {
        if (token.includes('.')) canaries.addToken(token);
        await watched.ask(OAUTH_PATH, { Origin: DOCS, Authorization: `Bearer ${token}` });
      }
      expect(await collectLeaks(watched)).toEqual(NO_LEAK);
    } finally {
      await issuer.close();
    }
  });

  it('through what Node prints for an exported object or service', async () => {
    const canaries = new Canaries();
    const { host, ask } = await watch(boot, canaries, {
      handshakes: { sharedSession: {}, oauth: { guards: [BearerGuard] } },
    });
    await ask('/docs-login', { Authorization: `Bearer ${await createSession()}` });
    for (const [name, exported] of Object.entries(library)) {
      expect([name, canaries.findInspected(exported)]).toEqual([name, []]);
    }
    const services = [
      library.MintlifySigningService,
      library.SigningKeysChecker,
      library.IdentityService,
      library.TenantRegistry,
      library.MintlifyUserValidator,
    ];
    for (const service of services) {
      const instance: unknown = host.app.get(service as Type, { strict: false });
      expect([service.name, canaries.findInspected(instance)]).toEqual([service.name, []]);
      expect(canaries.findIn(JSON.stringify(instance))).toEqual([]);
    }
  });
});

/** The visitor is the one in the cookie. */
class CookieGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: { cookie?: string }; user?: unknown }>();
    request.user = request.headers.cookie && { id: request.headers.cookie };
    return request.user !== undefined;
  }
}

/** The visitor is the one in the bearer token. */
class BearerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: { authorization?: string }; user?: unknown }>();
    request.user = request.headers.authorization && { id: request.headers.authorization };
    return request.user !== undefined;
  }
}

describe('No secret is in the error that stops an app', () => {
  const bootErrors: [string, (canaries: Canaries) => Partial<MintlifyPersonalizationOptions>][] = [
    ['half a key', ({ keys }) => ({ signingKey: pkcs8(keys).slice(0, 150) })],
    ['a key for another mode', ({ keys }) => ({ signingKey: pkcs8(keys), mode: 'authentication' })],
    ['an invalid key in JSON', ({ cause }) => ({ signingKey: `{"kty":"EC","d":"${cause}"` })],
    ['a short hash key', ({ cause }) => ({ audit: { subjectKey: cause.slice(0, 31) } })],
    ['a misspelled option', ({ cause }) => ({ audit: { subjectkey: cause } as object })],
    ['a key function that throws', (canaries) => ({ signingKey: () => Promise.reject(canaries.error()) })],
    [
      'a client secret that is not a string',
      ({ clientSecret }) => ({
        accessTokens: {
          issuer: 'https://auth.foo.com',
          audience: AUDIENCE,
          introspection: {
            endpoint: 'https://auth.foo.com/introspect',
            clientId: '',
            clientSecret,
          },
        },
      }),
    ],
  ];

  it.each(bootErrors)('for %s', async (_, options) => {
    const canaries = new Canaries();
    const error = await errorOf(() =>
      startSigning({ signingKey: pkcs8(canaries.keys), ...options(canaries) }),
    );
    expect(error).toBeInstanceOf(library.MintlifyPersonalizationError);
    expect(canaries.findInspected(error)).toEqual([]);
  });
});
