import { expect, it, jest } from '@jest/globals';
import type { CanActivate } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { assert, asyncProperty, constantFrom, integer, string } from 'fast-check';
import request from 'supertest';
import { describeOnEveryHost } from '../../support/apps.support.js';
import {
  BOTH,
  corsHeaders,
  DOCS,
  preflight,
  PREVIEW,
  ROUTES,
  sendRaw,
} from '../../support/user-info.support.js';

/** What a browser says of a request from the API's own origin; nothing, where it says nothing. */
const SAME_ORIGIN: Record<string, string>[] = [
  {},
  { 'Sec-Fetch-Site': 'same-origin' },
  { 'Sec-Fetch-Site': 'none' },
];

/** Origins that are not one of the docs' own, byte for byte. */
const STRANGERS: [string, string][] = [
  ['no origin at all, as of a sandboxed frame', 'null'],
  ['another port', 'https://docs.acme.example:8443'],
  ['the default port written out', 'https://docs.acme.example:443'],
  ['another scheme', 'http://docs.acme.example'],
  ['upper case', 'https://DOCS.acme.example'],
  ['an upper-case scheme', 'HTTPS://docs.acme.example'],
  ['a suffix after the name', 'https://docs.acme.example.evil.example'],
  ['a prefix before the name', 'https://evil-docs.acme.example'],
  ['a name below', 'https://x.docs.acme.example'],
  ['the name above', 'https://acme.example'],
  ['a trailing dot', 'https://docs.acme.example.'],
  ['a slash at the end', 'https://docs.acme.example/'],
  ['a path', 'https://docs.acme.example/docs'],
  ['a user name', 'https://docs.acme.example@evil.example'],
  ['another character for the dot', 'https://docs-acme.example'],
  ['a list', 'https://docs.acme.example, https://evil.example'],
  ['a wildcard', '*'],
  ['another site', 'https://evil.example'],
  ['thousands of characters', `https://${'a'.repeat(4_000)}.example`],
];

describeOnEveryHost('the origins that may ask who their visitor is', ({ boot }) => {
  it.each(ROUTES)(
    'are the docs and the additional ones, at $route',
    async ({ route, credentials, isCredentialed }) => {
      const host = await boot({ options: BOTH });
      for (const origin of [DOCS, PREVIEW]) {
        const response = await host.get(route, { Origin: origin, ...(await credentials()) }).expect(200);
        expect(response.headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
          'cache-control': 'private, no-store',
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          vary: 'Origin',
        });
        expect(response.get('access-control-allow-credentials')).toBe(isCredentialed ? 'true' : undefined);
        expect(corsHeaders(response)).toHaveLength(isCredentialed ? 3 : 2);

        const allowed = await preflight(host, route, origin).expect(204);
        expect(allowed.text).toBe('');
        expect(allowed.headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
          'cache-control': 'private, no-store',
          vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
        });
        expect(allowed.get('access-control-allow-credentials')).toBe(isCredentialed ? 'true' : undefined);
        expect(allowed.get('access-control-allow-headers')).toBe(
          isCredentialed ? undefined : 'Authorization',
        );
      }
    },
  );

  it('are not others: 403 before any guard of the handshake and before the mapper', async () => {
    const canActivate = jest.fn(() => true);
    const guards = [{ canActivate }];
    const host = await boot({
      options: { ...BOTH, handshakes: { sharedSession: { guards }, oauth: { guards } } },
    });
    for (const { route, credentials } of ROUTES) {
      for (const [, origin] of STRANGERS) {
        const answers = [
          await host.get(route, { Origin: origin, ...(await credentials()) }),
          await preflight(host, route, origin),
        ];
        for (const answer of answers) {
          expect([origin, answer.status]).toEqual([origin, 403]);
          expect(answer.body).toEqual({ statusCode: 403, code: 'origin_not_allowed' });
          expect(corsHeaders(answer)).toEqual([]);
          expect(answer.get('vary')).toContain('Origin');
          expect(answer.get('cache-control')).toBe('private, no-store');
        }
      }
    }
    expect(canActivate).not.toHaveBeenCalled();
    expect(host.map).not.toHaveBeenCalled();
  });

  it('are none but those, however close', async () => {
    const host = await boot({ options: BOTH });
    const [{ route, credentials }] = ROUTES as [(typeof ROUTES)[number]];
    const session = await credentials();
    await assert(
      asyncProperty(
        constantFrom(DOCS, PREVIEW),
        integer({ min: 0, max: DOCS.length }),
        integer({ min: 0, max: 2 }),
        string({ unit: constantFrom(...'abcdocs.-:/@%AZ0189'.split('')), maxLength: 3 }),
        async (origin, at, removed, inserted) => {
          const near = origin.slice(0, at) + inserted + origin.slice(at + removed);
          const answer = await host.get(route, { Origin: near, ...session });
          const isDocs = near === DOCS || near === PREVIEW;
          expect([near, answer.status]).toEqual([near, isDocs ? 200 : 403]);
          expect(answer.get('access-control-allow-origin')).toBe(isDocs ? near : undefined);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are none where a request names two', async () => {
    const host = await boot({ options: BOTH });
    for (const { route } of ROUTES) {
      const lines = [`GET ${route} HTTP/1.1`, `Origin: ${DOCS}`, `Origin: ${DOCS}`];
      expect(await sendRaw(host.port, lines)).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(host.map).not.toHaveBeenCalled();
  });

  it('need not be named by docs on the origin of the API', async () => {
    const host = await boot({ options: BOTH });
    for (const { route, credentials } of ROUTES) {
      for (const site of SAME_ORIGIN) {
        const answer = await host.get(route, { ...site, ...(await credentials()) });
        expect([answer.status, corsHeaders(answer)]).toEqual([200, []]);
        expect(answer.get('vary')).toBe('Origin');
      }
    }
  });

  it.each(['cross-site', 'same-site', 'Cross-Site'])(
    'are asked of a page elsewhere that sends none, as with an image: Sec-Fetch-Site: %s',
    async (site) => {
      const host = await boot({ options: BOTH });
      for (const { route, credentials } of ROUTES) {
        const answer = await host.get(route, { 'Sec-Fetch-Site': site, ...(await credentials()) });
        expect([answer.status, corsHeaders(answer)]).toEqual([403, []]);
      }
      expect(host.map).not.toHaveBeenCalled();
    },
  );

  it('are answered for in preflights before every guard, also those of the whole app', async () => {
    const canActivate = jest.fn(() => false);
    const guard: CanActivate = { canActivate };
    const host = await boot({
      options: { ...BOTH, handshakes: { sharedSession: { guards: [guard] }, oauth: { guards: [guard] } } },
      host: { providers: [{ provide: APP_GUARD, useValue: guard }] },
    });
    for (const { route } of ROUTES) {
      const answer = await preflight(host, route, DOCS);
      expect([answer.status, answer.get('access-control-allow-origin')]).toEqual([204, DOCS]);
    }
    expect(canActivate).not.toHaveBeenCalled();
  });

  it('are nothing to OPTIONS without one, which says what may be asked', async () => {
    const host = await boot({ options: BOTH });
    for (const { route } of ROUTES) {
      const answer = await request(`http://127.0.0.1:${host.port}`).options(route);
      expect([answer.status, answer.get('allow'), corsHeaders(answer)]).toEqual([204, 'GET', []]);
    }
  });
});
