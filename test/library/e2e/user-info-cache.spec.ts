import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ForbiddenException, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { SharedCache, type CachedAnswer } from '../../support/shared-cache.support.js';
import { DOCS, OAUTH_PATH, PREVIEW, SESSION_PATH } from '../../support/user-info.support.js';

/** Who asks is what the cookie or the token says; what goes wrong for them is in their name. */
@Injectable()
class NameGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const visitor = context
      .switchToHttp()
      .getRequest<{ headers: { cookie?: string; authorization?: string }; user?: unknown }>();
    const name = visitor.headers.cookie ?? visitor.headers.authorization;
    visitor.user = name;
    if (name?.startsWith('forbidden')) throw new ForbiddenException(name);
    return name !== undefined;
  }
}

/** The first names of visitors, each with the status that they end in. */
const OUTCOMES: Record<string, number> = {
  known: 200,
  forbidden: 403,
  stranger: 404,
  broken: 500,
  slow: 503,
};

const mapper = mapperOf((principal) => {
  const name = principal as unknown as string;
  if (name.startsWith('broken')) throw new Error(name);
  return name.startsWith('slow') ? new Promise(() => undefined) : { groups: [name] };
});

describeOnEveryHost('a cache that all visitors share, before the user-info routes', ({ boot }) => {
  it('keeps no answer of any status, and gives nobody the answer of another', async () => {
    const guards = [NameGuard];
    const host = await boot({
      options: {
        additionalDocsOrigins: [PREVIEW],
        handshakes: { sharedSession: { guards }, oauth: { guards } },
        claimMapper: mapper,
        mapperTimeoutMs: 5,
        tenantResolver: resolverOf((principal) =>
          String(principal).startsWith('stranger') ? 'nobody' : undefined,
        ),
      },
    });
    const cache = new SharedCache(host.port);
    for (const [route, header] of [
      [SESSION_PATH, 'Cookie'],
      [OAUTH_PATH, 'Authorization'],
    ] as const) {
      for (const round of [1, 2]) {
        for (const [kind, status] of Object.entries(OUTCOMES)) {
          for (const who of ['ada', 'grace']) {
            const name = `${kind}-${who}`;
            const groups = status === 200 ? [name] : undefined;
            for (const origin of [DOCS, PREVIEW]) {
              const answer = await cache.ask('GET', route, { Origin: origin, [header]: name });
              expect([round, name, answer.status]).toEqual([round, name, status]);
              expect((JSON.parse(answer.text) as MintlifyUser).groups).toEqual(groups);
              expectOwn(answer, origin);
            }
            const foreign = await cache.ask('GET', route, { Origin: 'https://evil.example', [header]: name });
            expect([foreign.status, foreign.headers['access-control-allow-origin']]).toEqual([
              403,
              undefined,
            ]);
          }
        }
        for (const origin of [DOCS, PREVIEW]) {
          const anonymous = await cache.ask('GET', route, { Origin: origin });
          expect(anonymous.status).toBe(401);
          expectOwn(anonymous, origin);
          const head = await cache.ask('HEAD', route, { Origin: origin, [header]: 'known-ada' });
          expect(head.status).toBe(405);
          const allowed = await cache.ask('OPTIONS', route, { Origin: origin });
          expect(allowed.status).toBe(204);
          expectOwn(allowed, origin);
        }
        const refused = await cache.ask('OPTIONS', route, { Origin: 'https://evil.example' });
        expect(refused.status).toBe(403);
      }
    }
    expect(cache.size).toBe(0);
  });

  function expectOwn(answer: CachedAnswer, origin: string): void {
    expect(answer.isFromCache).toBe(false);
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers.vary).toMatch(/^Origin\b/);
  }
});

describe('the same cache before a route written in haste', () => {
  it('gives a visitor the answer of another', async () => {
    const server = createServer((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '');
      response.setHeader('Cache-Control', 'public, max-age=60');
      response.end(request.headers.cookie);
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const cache = new SharedCache((server.address() as AddressInfo).port);
      await cache.ask('GET', SESSION_PATH, { Origin: DOCS, Cookie: 'ada' });
      const answer = await cache.ask('GET', SESSION_PATH, { Origin: PREVIEW, Cookie: 'grace' });
      expect([answer.text, answer.headers['access-control-allow-origin']]).toEqual(['ada', DOCS]);
    } finally {
      server.close();
    }
  });
});
