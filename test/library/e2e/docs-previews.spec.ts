import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, expect, it, jest } from '@jest/globals';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import {
  DocsPreviews,
  type AllowedPreview,
  type MintlifyPersonalizationOptions,
  type PreviewStore,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { systemClock } from '../../../libs/mintlify-personalization/src/time/clock.js';
import { describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { callCommand } from '../../support/terminal.support.js';
import { docsOf, HeaderTenantGuard, PrincipalIsTenant } from '../../support/tenants.support.js';
import { signToken } from '../../support/token-issuer.support.js';
import { BOTH, corsHeaders, DOCS, preflight, ROUTES, SESSION_PATH } from '../../support/user-info.support.js';

const HOST = 'acme-git-fix.mintlify.app';
const ORIGIN = `https://${HOST}`;
const CI = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
const NOW = Math.floor(Date.now() / 1_000);
const CLAIMS = { host: HOST, aud: DOCS, iat: NOW, exp: NOW + 3_600 };
const TYPE = 'docs-preview+jwt';

const fail = (): never => {
  throw new Error('topsecret');
};
const never = (): Promise<never> => new Promise(() => undefined);
const pem = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }));
const tokenOf = (claims: object = {}, alg: keyof typeof CI = 'EdDSA', header: object = {}): string =>
  signToken({ alg, typ: TYPE, ...header }, { ...CLAIMS, ...claims }, CI[alg].privateKey);

@Controller('docs-previews')
class DocsPreviewsController {
  constructor(@Inject(DocsPreviews) private readonly previews: DocsPreviews) {}

  @Post()
  allow(@Body('token') token: unknown): Promise<AllowedPreview> {
    return this.previews.allow(token);
  }
}

const setup = (options: Partial<MintlifyPersonalizationOptions> = {}) => ({
  host: { controllers: [DocsPreviewsController] },
  options: {
    ...BOTH,
    previewOrigins: {
      suffix: '.mintlify.app',
      publicKeys: [pem(CI.EdDSA.publicKey), CI.ES256.publicKey.export({ format: 'jwk' })],
    },
    ...options,
  },
});
const allow = (host: Host, token: unknown) =>
  request(`http://127.0.0.1:${host.port}`).post('/docs-previews').send({ token });
/** What both routes and their preflights answer to a page of an origin. */
const statusesFor = async (host: Host, origin: string): Promise<number[]> => {
  const statuses: number[] = [];
  for (const { route, credentials } of ROUTES) {
    const answer = await host.get(route, { Origin: origin, ...(await credentials()) });
    expect(corsHeaders(answer).length > 0).toBe(answer.status === 200);
    statuses.push(answer.status, (await preflight(host, route, origin)).status);
  }
  return statuses;
};
const ALLOWED = [200, 204, 200, 204];
const REFUSED = [403, 403, 403, 403];

afterEach(() => void jest.restoreAllMocks());

describeOnEveryHost('previews of the docs', ({ boot }) => {
  it.each(['EdDSA', 'ES256'] as const)(
    'may ask for visitors once a token of the CI (%s) allows their host, and no other may',
    async (algorithm) => {
      const host = await boot(setup());
      expect(await statusesFor(host, ORIGIN)).toEqual(REFUSED);
      const { status, body } = await allow(host, tokenOf({}, algorithm));
      expect([status, body]).toEqual([201, { origin: ORIGIN, expiresAt: CLAIMS.exp }]);
      expect(await statusesFor(host, ORIGIN)).toEqual(ALLOWED);
      for (const other of [
        'https://other.mintlify.app',
        'https://x.acme-git-fix.mintlify.app',
        'https://mintlify.app',
        `http://${HOST}`,
        `${ORIGIN}:8443`,
        `${ORIGIN}.evil.example`,
      ]) {
        expect([other, await statusesFor(host, other)]).toEqual([other, REFUSED]);
      }
      expect(await statusesFor(host, DOCS)).toEqual(ALLOWED);
      expect(host.logs.text).toContain(`The preview ${ORIGIN} is allowed until`);
    },
  );

  it('are refused when their time is over, and the same token again does not make it longer', async () => {
    const host = await boot(setup());
    await allow(host, tokenOf());
    await allow(host, tokenOf());
    const now = jest.spyOn(systemClock, 'now');
    now.mockReturnValue((CLAIMS.exp - 1) * 1_000);
    expect(await statusesFor(host, ORIGIN)).toEqual(ALLOWED);
    now.mockReturnValue(CLAIMS.exp * 1_000);
    expect(await statusesFor(host, ORIGIN)).toEqual(REFUSED);
    expect((await allow(host, tokenOf())).status).toBe(401);
  });

  it('are not allowed by any other token, and the answer says why', async () => {
    const host = await boot(setup());
    const unknown = generateKeyPairSync('ed25519');
    const tokens: [token: unknown, reason: RegExp][] = [
      [undefined, /must be a string/],
      ['', /must be a string/],
      ['x'.repeat(4_097), /must be a string/],
      ['a.b.c', /No key of previewOrigins\.publicKeys/],
      [signToken({ alg: 'EdDSA', typ: TYPE }, CLAIMS, unknown.privateKey), /No key of/],
      [`${tokenOf().slice(0, -4)}AAAA`, /No key of/],
      [tokenOf({}, 'EdDSA', { typ: 'JWT' }), /typ is wrong/],
      [tokenOf({}, 'EdDSA', { typ: undefined }), /typ is wrong/],
      [tokenOf({}, 'EdDSA', { alg: 'none' }), /No key of/],
      [tokenOf({}, 'EdDSA', { alg: 'HS256' }), /No key of/],
      [tokenOf({ aud: 'https://staging.acme.example' }), /aud is not the origin of these docs/],
      [tokenOf({ aud: [DOCS] }), /needs the claims host and aud/],
      [tokenOf({ aud: undefined }), /aud is wrong/],
      [tokenOf({ host: undefined }), /host is wrong/],
      [tokenOf({ host: 7 }), /needs the claims host and aud/],
      [tokenOf({ host: 'evil.example' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: '.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: '*.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: 'A.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: 'evil.example/.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: 'evil.example#.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ host: 'user@x.mintlify.app' }), /ends with previewOrigins\.suffix/],
      [tokenOf({ tenant: 7 }), /tenant is no string/],
      [tokenOf({ tenant: 'acme' }), /no such tenant/],
      [tokenOf({ exp: undefined }), /exp is wrong/],
      [tokenOf({ exp: NOW - 1 }), /has expired/],
      [tokenOf({ iat: undefined }), /iat is wrong/],
      [tokenOf({ exp: NOW + 86_401 }), /for 86400 seconds at most/],
      [tokenOf({ iat: NOW + 7_200, exp: NOW + 10_000 }), /for 86400 seconds at most/],
    ];
    for (const [index, [token, reason]] of tokens.entries()) {
      const { status, body } = await allow(host, token);
      expect([index, status, body]).toEqual([
        index,
        401,
        expect.objectContaining({ message: expect.stringMatching(reason) }),
      ]);
    }
    expect(await statusesFor(host, ORIGIN)).toEqual(REFUSED);
  });

  it('are for the visitors of one tenant', async () => {
    const host = await boot(
      setup({
        tenants: { acme: docsOf('acme'), globex: docsOf('globex') },
        tenantResolver: PrincipalIsTenant,
        claimMapper: mapperOf(() => ({ groups: [] })),
        handshakes: { sharedSession: { guards: [HeaderTenantGuard] } },
      }),
    );
    const response = await allow(host, tokenOf({ tenant: 'globex', aud: 'https://docs.globex.example' }));
    expect(response.status).toBe(201);
    for (const [tenant, status] of [
      ['globex', 200],
      ['acme', 403],
    ] as const) {
      const answer = await host.get(SESSION_PATH, { Origin: ORIGIN, 'X-Tenant': tenant });
      expect([tenant, answer.status, corsHeaders(answer).length > 0]).toEqual([
        tenant,
        status,
        status === 200,
      ]);
    }
  });

  it('are allowed by the command, which sends the token', async () => {
    const host = await boot(setup());
    const privateKey = String(CI.EdDSA.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { exitCode, output, errors } = await callCommand(
      `allow-preview --host ${HOST} --for 30m --docs-url ${DOCS} --key-env CI_KEY --send http://127.0.0.1:${host.port}/docs-previews`.split(
        ' ',
      ),
      { env: { CI_KEY: privateKey }, nowMs: NOW * 1_000 },
    );
    expect([exitCode, output]).toEqual([0, '']);
    expect(errors).toBe(`${HOST} is allowed until ${new Date((NOW + 1_800) * 1_000).toISOString()}.\n`);
    expect(await statusesFor(host, ORIGIN)).toEqual(ALLOWED);
  });

  it('come from the store, for several processes, and only as they were written', async () => {
    const kept = new Map<string, AllowedPreview>();
    const store: PreviewStore = {
      write: (preview) => void kept.set(preview.origin, preview),
      read: (origin) => Promise.resolve(kept.get(origin)),
    };
    const { previewOrigins } = setup().options;
    const options = { previewOrigins: { ...previewOrigins, store } };
    const [one, other] = [await boot(setup(options)), await boot(setup(options))];
    await allow(one, tokenOf());
    expect(await statusesFor(other, ORIGIN)).toEqual(ALLOWED);
    kept.set('https://x.mintlify.app', { origin: ORIGIN, expiresAt: CLAIMS.exp });
    expect(await statusesFor(other, 'https://x.mintlify.app')).toEqual(REFUSED);
  });

  it.each<[string, Partial<PreviewStore>]>([
    ['throws', { read: fail, write: fail }],
    ['never answers', { read: never, write: never }],
    [
      'gives a time that is no number',
      { read: () => ({ origin: ORIGIN, expiresAt: '9e9' }) as never, write: fail },
    ],
  ])('are refused while the store %s, and the docs are not', async (_, store) => {
    const { previewOrigins } = setup().options;
    const host = await boot(
      setup({ previewOrigins: { ...previewOrigins, timeoutMs: 20, store: store as PreviewStore } }),
    );
    expect((await allow(host, tokenOf())).status).toBe(500);
    expect(await statusesFor(host, ORIGIN)).toEqual([503, 503, 503, 503]);
    expect(await statusesFor(host, DOCS)).toEqual(ALLOWED);
  });

  it('are allowed for maxSeconds at most', async () => {
    const { previewOrigins } = setup().options;
    const host = await boot(setup({ previewOrigins: { ...previewOrigins, maxSeconds: 60 } }));
    expect((await allow(host, tokenOf({ exp: NOW + 61 }))).status).toBe(401);
    expect((await allow(host, tokenOf({ exp: NOW + 60 }))).status).toBe(201);
  });

  it('are not allowed for a tenant that cannot be loaded', async () => {
    class FailingSource implements TenantSource {
      load = fail;
    }
    const host = await boot(setup({ tenantSource: FailingSource, tenantResolver: PrincipalIsTenant }));
    expect((await allow(host, tokenOf({ tenant: 'acme' }))).status).toBe(500);
  });

  it('are none without the option', async () => {
    const host = await boot(setup({ previewOrigins: undefined }));
    expect((await allow(host, tokenOf())).status).toBe(500);
    expect(await statusesFor(host, ORIGIN)).toEqual(REFUSED);
  });
});
