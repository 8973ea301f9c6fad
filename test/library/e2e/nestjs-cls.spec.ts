import { expect, it } from '@jest/globals';
import { Inject, Injectable, Module } from '@nestjs/common';
import { ClaimMapperFor, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { ClsModule, ClsService } from 'nestjs-cls';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { BOTH, SESSION_PATH } from '../../support/user-info.support.js';

/** Reads the request's own store, after a turn in which others come. */
@Injectable()
@ClaimMapperFor()
class StoreClaimMapper implements ClaimMapper<Visitor> {
  constructor(@Inject(ClsService) private readonly store: ClsService) {}

  async map({ id }: Visitor) {
    await new Promise(setImmediate);
    return { content: { id, stored: this.store.get<string>('visitor') } };
  }
}

@Module({ providers: [StoreClaimMapper] })
class StoreModule {}

const STORE = {
  imports: [
    ClsModule.forRoot({
      global: true,
      middleware: {
        mount: true,
        setup: (store, request: { headers: Record<string, string> }) =>
          store.set('visitor', request.headers['x-visitor']),
      },
    }),
    StoreModule,
  ],
};

describeOnEveryHost('in an app with nestjs-cls', ({ boot }) => {
  it('a claim mapper has the store of its own request, on every handshake', async () => {
    const { get } = await boot({ host: STORE, options: { ...BOTH, claimMapper: undefined } });
    const visitors = ['one', 'two', 'three'];
    const contents = await Promise.all(
      visitors.map(async (id) => {
        const own = { 'x-visitor': id };
        const login = await get('/docs-login', { ...(await bearer({ ...ADA, id })), ...own });
        const info = await get(SESSION_PATH, { ...(await cookie({ ...ADA, id })), ...own });
        const { content } = await verifyToken(readArrival(login.get('location')).token);
        return [content, (info.body as { content: unknown }).content];
      }),
    );
    const expected = visitors.map((id) => ({ id, stored: id }));
    expect(contents).toEqual(expected.map((content) => [content, content]));
  });
});
