import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type MintlifyPersonalizationConfiguration,
  type MintlifyPersonalizationOptionsFactory,
} from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { createAdapter, DEFAULTS, mapperOf, type Platform } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { LogCollector } from '../../support/log-collector.support.js';
import { bearer, SessionStrategy } from '../../support/sessions.support.js';

@Injectable()
class ConfigService {
  readonly docsUrl = 'https://configured.acme.example';
}

@Module({ providers: [ConfigService], exports: [ConfigService] })
class ConfigModule {}

@Injectable()
class DocsOptions implements MintlifyPersonalizationOptionsFactory {
  constructor(@Inject(ConfigService) private readonly config: ConfigService) {}

  createMintlifyPersonalizationOptions(): MintlifyPersonalizationConfiguration {
    return { ...DEFAULTS, docsUrl: this.config.docsUrl };
  }
}

@Module({ imports: [ConfigModule], providers: [DocsOptions], exports: [DocsOptions] })
class DocsOptionsModule {}

const claimMapper = mapperOf(() => ({ groups: ['admin'] }));

/** Each way that `forRootAsync` has to come by its options. */
const WAYS: Record<string, () => DynamicModule> = {
  'useFactory, with what it injects': () =>
    MintlifyPersonalizationModule.forRootAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: ({ docsUrl }: ConfigService) => ({ ...DEFAULTS, docsUrl }),
      claimMapper,
    }),
  'useFactory, later': () =>
    MintlifyPersonalizationModule.forRootAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: ({ docsUrl }: ConfigService) => Promise.resolve({ ...DEFAULTS, docsUrl }),
      claimMapper,
    }),
  useClass: () =>
    MintlifyPersonalizationModule.forRootAsync({
      imports: [ConfigModule],
      useClass: DocsOptions,
      claimMapper,
    }),
  useExisting: () =>
    MintlifyPersonalizationModule.forRootAsync({
      imports: [DocsOptionsModule],
      useExisting: DocsOptions,
      claimMapper,
    }),
};

/** Injects a service of the library in a module that does not import it. */
@Injectable()
class SupportService {
  constructor(@Inject(MintlifySigningService) readonly signing: MintlifySigningService) {}
}

@Module({ providers: [SupportService] })
class SupportModule {}

@Module({})
class HostModule {}

describe.each<Platform>(['Express', 'Fastify'])('options that come later (%s)', (platform) => {
  const opened: INestApplication[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((app) => app.close()));
  });

  async function boot(...imports: DynamicModule['imports'] & object): Promise<INestApplication> {
    const root = { module: HostModule, imports, providers: [SessionStrategy] };
    const app = await NestFactory.create(root, createAdapter(platform), {
      abortOnError: false,
      logger: new LogCollector(),
    });
    opened.push(app);
    await app.listen(0, '127.0.0.1');
    return app;
  }

  it.each(Object.entries(WAYS))('configure the docs login through %s', async (_, importLibrary) => {
    const app = await boot(importLibrary());
    const response = await request(await app.getUrl())
      .get('/docs-login')
      .set(await bearer())
      .expect(302);
    const { page, token } = readArrival(response.get('location'));
    expect(page).toBe('https://configured.acme.example/');
    expect(await verifyToken(token)).toMatchObject({ groups: ['admin'] });
  });

  it('leave the services injectable everywhere, when the module is global', async () => {
    const useFactory = (): MintlifyPersonalizationConfiguration => DEFAULTS;
    const library = { useFactory, claimMapper, isGlobal: true };
    const app = await boot(MintlifyPersonalizationModule.forRootAsync(library), SupportModule);
    const { signing } = app.get(SupportService, { strict: false });
    expect(await verifyToken(await signing.sign({ groups: ['admin'] }))).toMatchObject({ groups: ['admin'] });
  });
});
