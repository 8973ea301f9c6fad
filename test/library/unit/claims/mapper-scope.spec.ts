import { beforeEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, Scope, type Type } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import {
  ClaimMapperFor,
  IdentityService,
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { errorOf, SERVICES_ONLY, startModule } from '../../../support/modules.support.js';

let made = 0;
beforeEach(() => {
  made = 0;
});

@Injectable({ scope: Scope.REQUEST })
class Visit {
  readonly number = (made += 1);
  constructor(@Inject(REQUEST) readonly request: { id: string }) {}
}

/** Scoped by what it injects. */
@Injectable()
@ClaimMapperFor()
class VisitMapper implements ClaimMapper {
  constructor(@Inject(Visit) private readonly visit: Visit) {}

  map(): MintlifyUser {
    return { groups: [this.visit.request.id, String(this.visit.number)] };
  }
}

/** Scoped by itself. */
@Injectable({ scope: Scope.REQUEST })
@ClaimMapperFor()
class RequestMapper implements ClaimMapper {
  readonly number = (made += 1);
  constructor(@Inject(REQUEST) private readonly request: { id: string }) {}

  map(): MintlifyUser {
    return { groups: [this.request.id, String(this.number)] };
  }
}

@Injectable({ scope: Scope.TRANSIENT })
@ClaimMapperFor()
class TransientMapper implements ClaimMapper {
  readonly number = (made += 1);

  map(): MintlifyUser {
    return { groups: [String(this.number)] };
  }
}

@Injectable()
@ClaimMapperFor()
class SingletonMapper implements ClaimMapper {
  readonly number = (made += 1);

  map(): MintlifyUser {
    return { groups: [String(this.number)] };
  }
}

async function identityWith(
  mapper: Type<ClaimMapper>,
): Promise<(request: unknown) => Promise<string[] | undefined>> {
  @Module({ providers: [mapper, Visit] })
  class DocsModule {}
  const library = MintlifyPersonalizationModule.forRoot(SERVICES_ONLY);
  const module = await startModule({ imports: [library, DocsModule] });
  return async (request) => (await module.get(IdentityService).identify('ada', request)).groups;
}

describe('A claim mapper', () => {
  it('is one for all requests by default', async () => {
    const groups = await identityWith(SingletonMapper);
    expect([await groups({ id: 'a' }), await groups({ id: 'b' })]).toEqual([['1'], ['1']]);
  });

  it.each([
    ['by itself', RequestMapper],
    ['by what it injects', VisitMapper],
  ])('is one for each request when it is request-scoped %s, and gets that request', async (_, mapper) => {
    const groups = await identityWith(mapper);
    expect(await Promise.all([groups({ id: 'a' }), groups({ id: 'b' })])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('is a new one for each call when it is transient', async () => {
    const groups = await identityWith(TransientMapper);
    const numbers = [await groups({}), await groups({}), await groups({})].flat();
    expect(new Set(numbers).size).toBe(3);
  });

  it('does not share its scope between calls without a request', async () => {
    const groups = await identityWith(TransientMapper);
    const numbers = [await groups(undefined), await groups(undefined), await groups('text')].flat();
    expect(new Set(numbers).size).toBe(3);
  });

  it('that cannot be made for a request is claim_mapper_failed, with the cause', async () => {
    @Injectable({ scope: Scope.REQUEST })
    @ClaimMapperFor()
    class BrokenMapper implements ClaimMapper {
      constructor() {
        throw new Error('no database');
      }
      map(): MintlifyUser {
        return {};
      }
    }
    const groups = await identityWith(BrokenMapper);
    expect(await errorOf(() => groups({}))).toMatchObject({
      code: 'claim_mapper_failed',
      cause: expect.objectContaining({ message: 'no database' }),
    });
  });

  it('that has no map() method is found out when the request comes, where it cannot be earlier', async () => {
    @Injectable({ scope: Scope.REQUEST })
    @ClaimMapperFor()
    class EmptyMapper {}
    const groups = await identityWith(EmptyMapper as unknown as Type<ClaimMapper>);
    expect(await errorOf(() => groups({}))).toMatchObject({
      code: 'claim_mapper_missing',
      message: expect.stringContaining('EmptyMapper in DocsModule'),
    });
  });
});
