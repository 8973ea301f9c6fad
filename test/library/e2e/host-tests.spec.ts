import { afterEach, expect, it } from '@jest/globals';
import { Injectable, Module, type ExecutionContext, type INestApplication } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  CLOCK,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { decodeJwt } from 'jose';
import request from 'supertest';
import {
  composeHost,
  createAdapter,
  describeOnEveryHost,
  mapperOf,
  type HostSetup,
} from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { LogCollector } from '../../support/log-collector.support.js';
import { bearer } from '../../support/sessions.support.js';

@Injectable()
@ClaimMapperFor()
class ProductionClaimMapper implements ClaimMapper {
  map(): MintlifyUser {
    throw new Error('There is no database in a test.');
  }
}

@Module({ providers: [ProductionClaimMapper] })
class DocsModule {}

describeOnEveryHost('the tests of a host app', ({ platform, style }) => {
  let app: INestApplication | undefined;

  afterEach(async () => {
    await app?.close();
  });

  /** The claims of a visitor's token, in the host app with a part of it replaced. */
  async function visit(
    setup: HostSetup,
    replace: (builder: TestingModuleBuilder) => TestingModuleBuilder,
  ): Promise<Record<string, unknown>> {
    const builder = Test.createTestingModule({ imports: [composeHost(style, setup)] });
    const module = await replace(builder).setLogger(new LogCollector()).compile();
    app = module.createNestApplication(createAdapter(platform));
    await app.listen(0, '127.0.0.1');
    const response = await request(await app.getUrl())
      .get('/docs-login')
      .set(await bearer())
      .expect(302);
    return decodeJwt(readArrival(response.get('location')).token);
  }

  it('replace the claim mapper of the option by its token', async () => {
    const claims = await visit(
      { options: { claimMapper: mapperOf(() => ({ groups: ['real'] })) } },
      (builder) => builder.overrideProvider(CLAIM_MAPPER).useValue({ map: () => ({ groups: ['fake'] }) }),
    );
    expect(claims).toMatchObject({ groups: ['fake'] });
  });

  it('replace a marked claim mapper by its class', async () => {
    const setup = { options: { claimMapper: undefined }, host: { imports: [DocsModule] } };
    const claims = await visit(setup, (builder) =>
      builder.overrideProvider(ProductionClaimMapper).useValue({ map: () => ({ groups: ['fake'] }) }),
    );
    expect(claims).toMatchObject({ groups: ['fake'] });
  });

  it('replace a guard that the options name', async () => {
    const setup = {
      options: {
        handshakes: { jwt: { guards: [AuthGuard('jwt')] } },
        claimMapper: mapperOf((principal) => ({ content: { ...principal } })),
      },
    };
    const claims = await visit(setup, (builder) =>
      builder.overrideGuard(AuthGuard('jwt')).useValue({
        canActivate: (context: ExecutionContext) =>
          Object.assign(context.switchToHttp().getRequest<object>(), { user: { name: 'fake' } }) && true,
      }),
    );
    expect(claims).toMatchObject({ content: { name: 'fake' } });
  });

  it('hold the time still', async () => {
    const now = Date.UTC(2030, 0, 1, 12, 0, 0, 999);
    const claims = await visit({ options: { sessionLifetimeSeconds: 3_600 } }, (builder) =>
      builder.overrideProvider(CLOCK).useValue({ now: () => now }),
    );
    const noon = Date.UTC(2030, 0, 1, 12) / 1_000;
    expect(claims).toMatchObject({ iat: noon, exp: noon + 10, expiresAt: noon + 3_600 });
  });
});
