import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { LazyModuleLoader, NestFactory } from '@nestjs/core';
import {
  ClaimMapperFor,
  IdentityService,
  MintlifySigningService,
  type ClaimMapper,
} from 'nestjs-mintlify-personalization';
import { createAdapter, DEFAULTS, importLibrary } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { verifyToken } from '../../support/docs-arrival.support.js';
import { resolverOf } from '../../support/tenants.support.js';

@Module({})
class AppModule {}

@Injectable()
@ClaimMapperFor('acme')
class AcmeMapper implements ClaimMapper {
  map = () => ({ content: { from: 'acme' } });
}

@Injectable()
@ClaimMapperFor()
class DefaultMapper implements ClaimMapper {
  map = () => ({ content: { from: 'default' } });
}

describe.each(['Express', 'Fastify'] as const)('a module that is loaded lazily (%s)', (platform) => {
  it.each(['forRoot', 'forRootAsync'] as const)(
    '%s: mappers, resolver and sink are found at first use',
    async (style) => {
      const { auditSink, events } = auditCollector();
      const app = await NestFactory.create(AppModule, createAdapter(platform), { logger: false });
      await app.init();
      try {
        const library = importLibrary(style, {
          ...DEFAULTS,
          auditSink,
          handshakes: { jwt: false },
          tenants: { acme: {} },
          tenantResolver: resolverOf((principal) => principal),
        });
        @Module({ imports: [library], providers: [AcmeMapper, DefaultMapper], exports: [library] })
        class DocsModule {}

        const moduleRef = await app.get(LazyModuleLoader).load(() => DocsModule);
        const identity = moduleRef.get(IdentityService, { strict: false });
        const signing = moduleRef.get(MintlifySigningService, { strict: false });
        const user = await identity.identify('acme', {});
        const url = await signing.createRedirectUrl(user, { redirect: 'https://evil.example' });
        expect(await verifyToken(url.split('#')[1] ?? '')).toMatchObject({ content: { from: 'acme' } });
        expect(events).toMatchObject([{ type: 'redirect.refused', tenantId: 'acme' }]);
      } finally {
        await app.close();
      }
    },
  );
});
