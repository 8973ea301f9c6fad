import { expect, it } from '@jest/globals';
import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import {
  MintlifySigningService,
  PlaygroundKeysFor,
  type PlaygroundKey,
  type PlaygroundKeyIssuer,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { errorOf } from '../../support/modules.support.js';
import { keyIssuer, keyOf, KEY_HEADER } from '../../support/playground-keys.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { REASON, VIEW_AS, viewAsPolicy } from '../../support/view-as.support.js';

const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;

describeOnEveryHost('issuers of playground keys', ({ boot }) => {
  it('are found for each tenant: its own, or the default one', async () => {
    const [own, others] = [keyIssuer(Date.now, { tenantIds: ['acme'] }), keyIssuer(Date.now)];
    const host = await boot({
      options: {
        tenants: { acme: {}, globex: {} },
        tenantResolver: resolverOf(
          (visitor) => (visitor as { tenant?: string } | undefined)?.tenant ?? 'globex',
        ),
      },
      host: { providers: [own.Issuer, others.Issuer] },
    });
    await host.get('/docs-login', await bearer({ ...ADA, tenant: 'acme' } as typeof ADA)).expect(302);
    expect([own.calls.issue.mock.calls.length, others.calls.issue.mock.calls.length]).toEqual([1, 0]);
    await host.get('/docs-login', await bearer()).expect(302);
    expect([own.calls.issue.mock.calls.length, others.calls.issue.mock.calls.length]).toEqual([1, 1]);
  });

  it('may be request-scoped', async () => {
    @Injectable({ scope: Scope.REQUEST })
    @PlaygroundKeysFor()
    class RequestIssuer implements PlaygroundKeyIssuer {
      constructor(@Inject(REQUEST) private readonly request: { headers: Record<string, string> }) {}

      issue(): PlaygroundKey {
        return keyOf(`for-${this.request.headers['x-device']}`, inAnHour());
      }
    }
    const host = await boot({ host: { providers: [RequestIssuer] } });
    const answer = await host.get('/docs-login', { ...(await bearer()), 'x-device': 'phone' }).expect(302);
    const claims = await verifyToken(readArrival(answer.get('location')).token);
    expect(claims).toMatchObject({ apiPlaygroundInputs: { header: { [KEY_HEADER]: 'for-phone' } } });
  });

  it('give no key to a person who views the docs as another one', async () => {
    const { Issuer, calls } = keyIssuer(Date.now);
    const host = await boot({
      options: { ...VIEW_AS, viewAs: viewAsPolicy().viewAs },
      host: { providers: [Issuer] },
    });
    const signing = host.app.get(MintlifySigningService);
    const claims = await verifyToken(
      readArrival(await signing.createViewAsUrl(ADA, 'grace', { reason: REASON })).token,
    );
    expect(claims['apiPlaygroundInputs']).toBeUndefined();
    expect(calls.issue).not.toHaveBeenCalled();
  });

  it('give the docs without keys that would make the user too large', async () => {
    const { Issuer, calls } = keyIssuer(Date.now);
    calls.issue.mockReturnValue(keyOf('v'.repeat(4_000), inAnHour()));
    const host = await boot({
      options: { userLimits: { maxJsonBytes: 2_000 } },
      host: { providers: [Issuer] },
    });
    const answer = await host.get('/docs-login', await bearer()).expect(302);
    const claims = await verifyToken(readArrival(answer.get('location')).token);
    expect(claims['apiPlaygroundInputs']).toBeUndefined();
    expect(host.logs.text).toContain('gets the docs without the keys');
  });

  it.each<[string, () => unknown[], RegExp]>([
    [
      'for a tenant that does not exist',
      () => [keyIssuer(Date.now, { tenantIds: ['nowhere'] }).Issuer],
      /"nowhere".*does not exist/,
    ],
    [
      'for a wrong tenant id',
      () => [keyIssuer(Date.now, { tenantIds: ['No where'] }).Issuer],
      /@PlaygroundKeysFor\(\) on Issuer/,
    ],
    [
      'twice for the same visitors',
      () => [keyIssuer(Date.now).Issuer, keyIssuer(Date.now).Issuer],
      /is on more than one provider/,
    ],
    ['without issue()', () => [emptyIssuer()], /is on a class without issue\(\)/],
  ])('stop the start %s', async (_, providers, message) => {
    const error = await errorOf(() => boot({ host: { providers: providers() as never[] } }));
    expect((error as Error).message).toMatch(message);
  });
});

function emptyIssuer() {
  class Empty {
    revoke = () => undefined;
  }
  PlaygroundKeysFor()(Empty);
  return Empty;
}
