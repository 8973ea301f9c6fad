import { expect, it } from '@jest/globals';
import { Inject, Injectable, Module, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';

/** Lets nobody through before all have come. */
@Injectable()
class Gate {
  #waiting: (() => void)[] = [];

  pass(expected: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length < expected) return;
      for (const open of this.#waiting.splice(0)) open();
    });
  }
}

@Module({ providers: [Gate], exports: [Gate] })
class GateModule {}

interface HostRequest {
  headers: Record<string, string>;
  user: Visitor;
}

const PARTY = 3;

@Injectable({ scope: Scope.REQUEST })
class RequestClaimMapper implements ClaimMapper<Visitor> {
  #calls = 0;

  constructor(
    @Inject(REQUEST) private readonly request: HostRequest,
    @Inject(Gate) private readonly gate: Gate,
  ) {}

  async map({ id }: Visitor): Promise<MintlifyUser> {
    this.#calls += 1;
    await this.gate.pass(PARTY);
    const { headers, user } = this.request;
    return { content: { id, injected: user.id, language: headers['accept-language'], calls: this.#calls } };
  }
}

@Injectable({ scope: Scope.REQUEST })
@ClaimMapperFor()
class MarkedRequestClaimMapper extends RequestClaimMapper {}

@Module({ imports: [GateModule], providers: [MarkedRequestClaimMapper] })
class MarkedModule {}

/** Not request-scoped itself, but by what it injects. */
@Injectable()
@ClaimMapperFor()
class DependentClaimMapper implements ClaimMapper<Visitor> {
  constructor(@Inject(RequestClaimMapper) private readonly inner: RequestClaimMapper) {}

  map(visitor: Visitor): Promise<MintlifyUser> {
    return this.inner.map(visitor);
  }
}

@Module({ imports: [GateModule], providers: [RequestClaimMapper, DependentClaimMapper] })
class DependentModule {}

@Module({ imports: [GateModule], providers: [{ provide: CLAIM_MAPPER, useClass: RequestClaimMapper }] })
class TokenModule {}

describeOnEveryHost('a request-scoped claim mapper', ({ boot }) => {
  it.each<[string, HostSetup]>([
    ['given as option', { options: { claimMapper: RequestClaimMapper, imports: [GateModule] } }],
    ['marked', { options: { claimMapper: undefined }, host: { imports: [MarkedModule] } }],
    ['under CLAIM_MAPPER', { options: { claimMapper: undefined }, host: { imports: [TokenModule] } }],
    ['by its dependency', { options: { claimMapper: undefined }, host: { imports: [DependentModule] } }],
  ])('%s: requests at the same time do not mix', async (_, setup) => {
    const host = await boot(setup);
    const languages = Array.from({ length: PARTY }, (_, index) => `x-visitor-${index}`);
    const contents = await Promise.all(
      languages.map(async (language) => {
        const session = await bearer({ ...ADA, id: language });
        const response = await host.get('/docs-login', { ...session, 'accept-language': language });
        return (await verifyToken(readArrival(response.get('location')).token))['content'];
      }),
    );
    expect(contents).toEqual(
      languages.map((language) => ({ id: language, injected: language, language, calls: 1 })),
    );
  });
});
