import { generateKeyPairSync } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  IdentityService,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type ClaimMapper,
  type MintlifyUser,
  type TenantOptions,
  type TenantResolver,
  type TenantSource,
  type ValidMintlifyUser,
} from 'nestjs-mintlify-personalization';
import { NullLogger } from './null-logger.js';

/** The smallest possible user, so that finding the tenant is measured. */
class BenchMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

class BenchResolver implements TenantResolver<string> {
  resolve(principal: string): string {
    return principal;
  }
}

/** Has the tenants `tenant-0` and so on. */
class BenchSource implements TenantSource {
  load(tenantId: string): Promise<TenantOptions | undefined> {
    const isKnown = tenantId.startsWith('tenant-');
    return Promise.resolve(isKnown ? { docsUrl: `https://${tenantId}.foo.com` } : undefined);
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      handshakes: { jwt: { guards: [] } },
      claimMapper: BenchMapper,
      tenantResolver: BenchResolver,
      tenantSource: BenchSource,
    }),
  ],
})
class BenchModule {}

/** The services that are measured. */
export interface TenantServices {
  readonly identity: IdentityService;
  readonly signing: MintlifySigningService;
}

/** Starts an app. */
export async function startServices(): Promise<TenantServices> {
  const app = await NestFactory.createApplicationContext(BenchModule, { logger: new NullLogger() });
  return {
    identity: app.get(IdentityService, { strict: false }),
    signing: app.get(MintlifySigningService, { strict: false }),
  };
}

/** Loads the given number of tenants, and returns a function that identifies a visitor of the next one. */
export async function visitorsOf(
  tenants: number,
  { identity }: TenantServices,
): Promise<() => Promise<ValidMintlifyUser>> {
  const ids = Array.from({ length: tenants }, (_, index) => `tenant-${index}`);
  for (const id of ids) await identity.identify(id, {});
  let visits = 0;
  return () => {
    // A prime step reaches all tenants, and never two neighbors in a row.
    visits = (visits + 7_919) % tenants;
    return identity.identify(ids[visits] ?? '', {});
  };
}
