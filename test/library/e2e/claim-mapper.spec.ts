import { expect, it } from '@jest/globals';
import { Inject, Injectable, Module, type Type } from '@nestjs/common';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  type ClaimMapper,
  type ClaimMappingContext,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';

@Injectable()
class PlanService {
  planOf(visitor: Visitor): Promise<string> {
    return Promise.resolve(`the plan of ${visitor.id}`);
  }
}

@Module({ providers: [PlanService], exports: [PlanService] })
class PlanModule {}

@Injectable()
class PlanClaimMapper implements ClaimMapper<Visitor> {
  constructor(@Inject(PlanService) private readonly plans: PlanService) {}

  async map(visitor: Visitor): Promise<MintlifyUser> {
    return { content: { plan: await this.plans.planOf(visitor) } };
  }
}

@Injectable()
@ClaimMapperFor()
class MarkedClaimMapper extends PlanClaimMapper {}

@Module({ imports: [PlanModule], providers: [MarkedClaimMapper] })
class MarkedModule {}

const MARKED_PROVIDER = Symbol('MARKED_PROVIDER');

@Module({ imports: [PlanModule], providers: [{ provide: MARKED_PROVIDER, useClass: MarkedClaimMapper }] })
class MarkedProviderModule {}

@Module({ imports: [PlanModule], providers: [{ provide: CLAIM_MAPPER, useClass: PlanClaimMapper }] })
class TokenModule {}

@Module({
  imports: [PlanModule],
  providers: [
    {
      provide: CLAIM_MAPPER,
      useFactory: (plans: PlanService) => new PlanClaimMapper(plans),
      inject: [PlanService],
    },
  ],
})
class FactoryModule {}

describeOnEveryHost('the claim mapper of docs login', ({ boot }) => {
  it.each<[string, Partial<MintlifyPersonalizationOptions>, Type[]]>([
    ['the option, with its imports', { claimMapper: PlanClaimMapper, imports: [PlanModule] }, []],
    ['a marked provider of a feature module', { claimMapper: undefined }, [MarkedModule]],
    ['a marked provider under a token of its own', { claimMapper: undefined }, [MarkedProviderModule]],
    ['a class under CLAIM_MAPPER', { claimMapper: undefined }, [TokenModule]],
    ['a factory under CLAIM_MAPPER', { claimMapper: undefined }, [FactoryModule]],
  ])('comes from %s, built with the services that it injects', async (_, options, imports) => {
    const host = await boot({ options, host: { imports } });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const claims = await verifyToken(readArrival(response.get('location')).token);
    expect(claims).toMatchObject({ content: { plan: 'the plan of ada' } });
  });

  it('learns the principal, the request, the docs site and its deadline', async () => {
    const calls: [Visitor, ClaimMappingContext][] = [];
    const claimMapper = mapperOf((visitor, context) => {
      calls.push([visitor, context]);
      return {};
    });
    const host = await boot({ options: { claimMapper, docsUrl: 'https://acme.example/docs/' } });
    await host.get('/docs-login', { ...(await bearer()), 'x-visit': '7' }).expect(302);

    const [visitor, context] = calls[0] ?? [];
    expect(calls).toHaveLength(1);
    expect(visitor).toEqual(ADA);
    expect(context?.request).toMatchObject({ headers: { 'x-visit': '7' }, user: ADA });
    expect(context?.signal.aborted).toBe(false);
    expect(context?.site).toEqual({
      url: 'https://acme.example/docs',
      origin: 'https://acme.example',
      host: 'acme.example',
      basePath: '/docs',
      mode: 'personalization',
    });
  });

  it('says how long the docs may keep the user, and what their playground is filled with', async () => {
    const user: MintlifyUser = {
      expiresAt: Math.floor(Date.now() / 1_000) + 3_600,
      apiPlaygroundInputs: { header: { 'X-Tenant': 'acme' }, server: { region: 'eu' } },
    };
    const host = await boot({ options: { claimMapper: mapperOf(() => user) } });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    expect(await verifyToken(readArrival(response.get('location')).token)).toMatchObject(user);
  });
});
