import { sign } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import type { TokenSigner } from 'nestjs-mintlify-personalization';
import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { DOCS_PRIVATE_KEY } from '../../support/docs-arrival.support.js';

@Controller('health')
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(MintlifyHealthIndicator) private readonly docs: MintlifyHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.docs.isHealthy('docs')]);
  }
}

@Module({
  imports: [TerminusModule],
  controllers: [HealthController],
  providers: [MintlifyHealthIndicator],
})
class HealthModule {}

describeOnEveryHost('the health of an app', ({ boot }) => {
  it('is up while the keys sign', async () => {
    const host = await boot({
      options: { isGlobal: true, tenants: { acme: {} } },
      host: { imports: [HealthModule] },
    });
    const answer = await host.get('/health').expect(200);
    expect(answer.body).toMatchObject({ status: 'ok', info: { docs: { status: 'up', checkedKeys: 2 } } });
  });

  it('is down, and names the docs, while a key does not sign', async () => {
    let isAway = false;
    const signer: TokenSigner & { breaker: string } = {
      algorithm: 'ES256',
      get breaker() {
        return isAway ? 'open' : 'closed';
      },
      sign: (input) => {
        if (isAway) throw new Error('canary');
        return sign('sha256', input, { key: DOCS_PRIVATE_KEY, dsaEncoding: 'ieee-p1363' });
      },
    };
    const host = await boot({
      options: { isGlobal: true, tenants: { acme: { signingKey: signer } } },
      host: { imports: [HealthModule] },
    });
    isAway = true;
    const answer = await host.get('/health').expect(503);
    expect(answer.body).toMatchObject({
      error: { docs: { status: 'down', failing: { acme: 'signer_failed' }, breakers: { acme: 'open' } } },
    });
    expect(answer.text).not.toContain('canary');
  });
});
