import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import {
  MintlifyPersonalizationModule,
  type HandshakesOptions,
  type TenantOptions,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { LogCollector } from '../../../support/log-collector.support.js';
import { startModule, StoppedClock } from '../../../support/modules.support.js';
import { docsOf, sourceOf, TENANT_DEFAULTS } from '../../../support/tenants.support.js';

const WARNING =
  'warn tenantSource has no knowsOrigin(): pages of docs that only the tenant source knows cannot read error answers of ' +
  'the user-info routes, and their OAuth preflights are refused. Implement knowsOrigin(origin) on the tenant source. ' +
  'MintlifyPersonalization';

const WithoutKnowsOrigin = sourceOf(docsOf);

class CompleteSource implements TenantSource {
  load = (): Promise<TenantOptions | undefined> => Promise.resolve(undefined);
  knowsOrigin = (): boolean => false;
}

/** How often the log warns after a start. */
async function warningsOf(handshakes: HandshakesOptions, tenantSource?: Type<TenantSource>): Promise<number> {
  const logger = new LogCollector();
  const module = MintlifyPersonalizationModule.forRoot({
    ...TENANT_DEFAULTS,
    apiUrl: 'https://api.foo.com',
    accessTokens: {
      issuer: 'https://id.foo.com',
      audience: 'https://api.foo.com',
      jwksUri: 'https://id.foo.com/jwks',
    },
    handshakes,
    tenantSource,
  });
  await startModule({ imports: [module] }, new StoppedClock(), logger);
  return logger.lines.filter((line) => line === WARNING).length;
}

describe('A tenant source without knowsOrigin()', () => {
  it.each<[string, HandshakesOptions]>([
    ['the shared-session handshake', { jwt: false, sharedSession: { guards: [] } }],
    ['the OAuth handshake', { jwt: false, oauth: { guards: [] } }],
    ['both', { sharedSession: { guards: [] }, oauth: { guards: [] }, jwt: { guards: [] } }],
  ])('is warned of, once, where %s is mounted', async (_, handshakes) => {
    expect(await warningsOf(handshakes, WithoutKnowsOrigin)).toBe(1);
  });

  it('is in order where no page asks who its visitor is', async () => {
    expect(await warningsOf({ jwt: { guards: [] } }, WithoutKnowsOrigin)).toBe(0);
    expect(await warningsOf({ jwt: false }, WithoutKnowsOrigin)).toBe(0);
  });

  it('is not one that has it, nor is an app without a source one', async () => {
    const handshakes: HandshakesOptions = { jwt: false, sharedSession: { guards: [] } };
    expect(await warningsOf(handshakes, CompleteSource)).toBe(0);
    expect(await warningsOf(handshakes)).toBe(0);
  });
});
