import { expect, it, jest } from '@jest/globals';
import { Inject, Injectable, Module } from '@nestjs/common';
import {
  ClaimMapperFor,
  type ClaimMapper,
  type ClaimMappingContext,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { jwtVerify } from 'jose';
import type { Response } from 'supertest';
import {
  DEFAULTS,
  describeOnEveryHost,
  importLibrary,
  mapperOf,
  type Host,
} from '../../support/apps.support.js';
import { createSignerSpy, DOCS_PUBLIC_KEY, readArrival } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';
import { docsOf, keyPairFor, resolverOf, sourceOf } from '../../support/tenants.support.js';

interface Member extends Visitor {
  readonly tenant?: unknown;
}

const acmeKeys = keyPairFor('personalization');
const globexKeys = keyPairFor('authentication');

const tenants = {
  acme: { ...docsOf('acme'), signingKey: acmeKeys.privateKey },
  globex: { ...docsOf('globex'), mode: 'authentication', signingKey: globexKeys.privateKey },
  thrifty: { docsUrl: 'https://thrifty.example/docs' },
} satisfies MintlifyPersonalizationOptions['tenants'];

const tenantResolver = resolverOf((member) => (member as Member).tenant);

/** The session of somebody who belongs to a tenant. */
const memberOf = (tenant: unknown): Promise<Record<string, string>> => bearer({ ...ADA, tenant } as Visitor);

const logIn = async (host: Host, tenant: unknown, query = ''): Promise<Response> =>
  host.get(`/docs-login${query}`, await memberOf(tenant));

@Injectable()
class Prices {
  readonly plan: string = 'enterprise';
}

@Injectable()
@ClaimMapperFor('acme')
class AcmeMapper implements ClaimMapper {
  constructor(@Inject(Prices) private readonly prices: Prices) {}

  map(_: unknown, { tenantId }: ClaimMappingContext): MintlifyUser {
    return { groups: [this.prices.plan, `mapped for ${tenantId}`] };
  }
}

@Module({ providers: [AcmeMapper, Prices] })
class AcmeModule {}

describeOnEveryHost('visitors of tenants', ({ boot, style }) => {
  it('go each to the docs of their own, with a token that these docs alone accept', async () => {
    const host = await boot({ options: { tenants, tenantResolver } });
    const [acme, globex, thrifty, nobodys] = await Promise.all(
      ['acme', 'globex', 'thrifty', undefined].map(async (tenant) => {
        const response = await logIn(host, tenant, '?redirect=/docs/a&anchor=b');
        expect(response.status).toBe(302);
        return response.get('location');
      }),
    );
    expect(readArrival(acme)).toMatchObject({ page: 'https://docs.acme.example/docs/a', anchor: 'b' });
    expect(readArrival(thrifty)).toMatchObject({ page: 'https://thrifty.example/docs/a', anchor: 'b' });
    expect(readArrival(nobodys)).toMatchObject({ page: 'https://docs.acme.example/docs/a', anchor: 'b' });
    const [page, globexToken = ''] = (globex ?? '').split('#');
    expect(page).toBe('https://docs.globex.example/login/jwt-callback?redirect=%2Fdocs%2Fa%23b');

    const es256 = { algorithms: ['ES256'] };
    await expect(jwtVerify(readArrival(acme).token, acmeKeys.publicKey, es256)).resolves.toBeDefined();
    await expect(jwtVerify(readArrival(acme).token, DOCS_PUBLIC_KEY, es256)).rejects.toThrow('signature');
    await expect(
      jwtVerify(globexToken, globexKeys.publicKey, { algorithms: ['EdDSA'] }),
    ).resolves.toMatchObject({ payload: { host: 'docs.globex.example' } });
    for (const location of [thrifty, nobodys]) {
      await expect(jwtVerify(readArrival(location).token, DOCS_PUBLIC_KEY, es256)).resolves.toBeDefined();
    }
  });

  it('are mapped by the mapper of the tenant, wherever in the app it is, or by the default one', async () => {
    const host = await boot({ options: { tenants, tenantResolver }, host: { imports: [AcmeModule] } });
    const acme = readArrival((await logIn(host, 'acme')).get('location'));
    await expect(jwtVerify(acme.token, acmeKeys.publicKey)).resolves.toMatchObject({
      payload: { groups: ['enterprise', 'mapped for acme'] },
    });
    expect(host.map).not.toHaveBeenCalled();
    const thrifty = readArrival((await logIn(host, 'thrifty')).get('location'));
    await expect(jwtVerify(thrifty.token, DOCS_PUBLIC_KEY)).resolves.toMatchObject({
      payload: { groups: ADA.roles },
    });
  });

  it('are sent to no docs but those of their own, whatever the request asks for', async () => {
    const host = await boot({ options: { tenants, tenantResolver } });
    for (const redirect of [
      'https://docs.globex.example/a',
      'https://thrifty.example/docs',
      '//evil.example',
    ]) {
      const response = await host
        .get(`/docs-login?redirect=${encodeURIComponent(redirect)}`, {
          ...(await memberOf('acme')),
          host: 'docs.globex.example',
          'x-forwarded-host': 'docs.globex.example',
        })
        .expect(302);
      expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
    }
  });

  it.each(['nemo', 'Acme', 'acme ', '', null, 42, ['acme'], {}, '__proto__', 'constructor', 'toString'])(
    'are answered with 404 and no token when nobody knows the tenant: %j',
    async (tenant) => {
      const signingKey = createSignerSpy();
      const load = jest.fn(() => undefined);
      const tenantSource = sourceOf(load);
      const options = { tenants, tenantResolver, tenantSource, signingKey, loginUrl: '/login' };
      const host = await boot({ options });
      const response = await logIn(host, tenant);
      expect([response.status, response.body]).toEqual([404, { statusCode: 404, code: 'unknown_tenant' }]);
      expect(response.get('location')).toBeUndefined();
      expect(response.get('cache-control')).toBe('no-store');
      expect(response.get('referrer-policy')).toBe('no-referrer');
      expect(host.map).not.toHaveBeenCalled();
      expect(signingKey.sign).not.toHaveBeenCalled();
      expect(load).toHaveBeenCalledTimes(tenant === 'nemo' ? 1 : 0);
    },
  );

  it('may come from a tenant source, loaded when the first one comes', async () => {
    const load = jest.fn((id: string) => (id === 'initech' ? tenants.acme : undefined));
    const host = await boot({ options: { tenants, tenantResolver, tenantSource: sourceOf(load) } });
    expect(load).not.toHaveBeenCalled();
    const answers = await Promise.all([1, 2, 3].map(() => logIn(host, 'initech')));
    for (const answer of answers) {
      const { token } = readArrival(answer.get('location'));
      await expect(jwtVerify(token, acmeKeys.publicKey)).resolves.toBeDefined();
    }
    expect((await logIn(host, 'globex')).status).toBe(302);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('belong to the tenants of the import whose path they use', async () => {
    const partners = importLibrary(style, {
      ...DEFAULTS,
      docsUrl: 'https://partners.example',
      claimMapper: mapperOf(() => ({ groups: ['partner'] })),
      handshakes: { jwt: { path: 'partner-login' } },
      tenants: { globex: { docsUrl: 'https://globex.partners.example' }, acme: {} },
      tenantResolver,
    });
    const host = await boot({
      options: { tenants, tenantResolver },
      host: { imports: [partners, AcmeModule] },
    });
    const visit = async (path: string, tenant: string): Promise<string> => {
      const response = await host.get(path, await memberOf(tenant));
      return response.get('location')?.replace(/#.*/, '') ?? String(response.status);
    };
    expect([
      await visit('/docs-login', 'acme'),
      await visit('/partner-login', 'acme'),
      await visit('/partner-login', 'globex'),
      await visit('/partner-login', 'thrifty'),
    ]).toEqual([
      'https://docs.acme.example/',
      'https://partners.example/',
      'https://globex.partners.example/',
      '404',
    ]);
  });
});
