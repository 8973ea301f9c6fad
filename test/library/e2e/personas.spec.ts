import { describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mapPersonas } from 'nestjs-mintlify-personalization/visitors';
import { composeHost, createAdapter } from '../../support/apps.support.js';
import { keyIssuer } from '../../support/playground-keys.support.js';
import { resolverOf, sourceOf } from '../../support/tenants.support.js';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';

interface Member {
  readonly name: string;
  readonly tenant?: string;
}

const privateKey = createTestSigningKey('authentication').privateKey;
const OPTIONS = {
  tenantResolver: resolverOf((principal, request) => {
    const { headers } = request as { headers: Record<string, string> };
    return (principal as Member).tenant ?? headers['x-tenant'];
  }),
  tenantSource: sourceOf((tenantId) =>
    tenantId === 'initech'
      ? { docsUrl: 'https://docs.initech.example', mode: 'authentication', signingKey: privateKey }
      : undefined,
  ),
};
const map = (principal: unknown, { tenantId }: { tenantId?: string }) => ({
  groups: [tenantId ?? 'none'],
  content: { name: (principal as Member).name },
  expiresAt: Math.floor(Date.now() / 1000) + 60,
});

describe.each(['forRoot', 'forRootAsync'] as const)('personas are mapped (%s)', (style) => {
  const host = () => composeHost(style, { options: OPTIONS }, map);
  const bill = { name: 'Bill', tenant: 'initech' };

  it('of a module, which starts without a server', async () => {
    const personas = {
      peter: { principal: { name: 'Peter' } },
      bill: { principal: bill },
      milton: { principal: { name: 'Milton' }, tenant: 'initech' },
      tom: { principal: { name: 'Tom' }, request: { headers: { 'x-tenant': 'initech' } } },
      constructor: { principal: { name: 'C' } },
    };
    const mapped = await mapPersonas({ AppModule: host() }, personas, 'AppModule');
    const initech = (name: string) => ({
      tenantId: 'initech',
      mode: 'authentication',
      user: { groups: ['initech'], content: { name } },
    });
    expect(mapped).toEqual({
      peter: { mode: 'personalization', user: { groups: ['none'], content: { name: 'Peter' } } },
      bill: initech('Bill'),
      milton: initech('Milton'),
      tom: initech('Tom'),
      constructor: { mode: 'personalization', user: { groups: ['none'], content: { name: 'C' } } },
    });
  });

  it('without playground keys: no one uses them', async () => {
    const { Issuer, calls } = keyIssuer(Date.now);
    const module = composeHost(style, { options: OPTIONS, host: { providers: [Issuer] } }, map);
    const visitor = { id: 'bill', ...bill };
    const mapped = await mapPersonas({ AppModule: module }, { bill: { principal: visitor } }, 'AppModule');
    expect(mapped.bill?.user).toEqual({ groups: ['initech'], content: { name: 'Bill' } });
    expect(calls.issue).not.toHaveBeenCalled();
  });

  it.each(['Express', 'Fastify'] as const)(
    'of a function that makes an app on %s, which does not listen',
    async (platform) => {
      let app: INestApplication | undefined;
      const createApp = async () => {
        app = await NestFactory.create(host(), createAdapter(platform), { logger: false });
        return app;
      };
      const mapped = await mapPersonas({ createApp }, { bill: { principal: bill } }, 'createApp');
      expect(mapped.bill).toMatchObject({ tenantId: 'initech', user: { groups: ['initech'] } });
      expect(app?.getHttpServer()).toMatchObject({ listening: false });
    },
  );

  it('of one import among several, by the URL of its docs', async () => {
    const others = composeHost(style, { options: { docsUrl: 'https://docs.other.example' } }, () => ({
      groups: ['other'],
    }));
    const named = (name: string) =>
      Object.defineProperty(
        class {
          readonly isHost = true;
        },
        'name',
        { value: name },
      );
    const made = {
      module: named('Both'),
      imports: [host(), { ...others, module: named('Other') }],
    };
    const of = (docsUrl?: string) =>
      mapPersonas({ make: () => made }, { bill: { principal: bill, docsUrl } }, 'make');
    expect((await of('https://docs.other.example')).bill?.user.groups).toEqual(['other']);
    expect((await of('https://docs.acme.example')).bill?.user.groups).toEqual(['initech']);
    await expect(of()).rejects.toThrow(/^The persona "bill".* 2 imports .*acme\.example, .*other\.example/);
  });

  it('of a function that makes a module', async () => {
    const mapped = await mapPersonas({ make: () => host() }, { bill: { principal: bill } }, 'make');
    expect(mapped.bill?.mode).toBe('authentication');
  });

  it('or say which one is not, and why', async () => {
    const unknown = mapPersonas({ make: host }, { eve: { principal: bill, tenant: 'evil' } }, 'make');
    await expect(unknown).rejects.toThrow(/^The persona "eve" cannot be mapped: .*evil/);
  });
});

it('an app without the library is an error that says so', async () => {
  const empty = mapPersonas(
    {
      module: class Empty {
        readonly isEmpty = true;
      },
    },
    { ada: { principal: {} } },
  );
  await expect(empty).rejects.toThrow('The app does not import MintlifyPersonalizationModule.');
});
