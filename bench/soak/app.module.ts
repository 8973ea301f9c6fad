import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import {
  ClaimMapperFor,
  MintlifyPersonalizationModule,
  type AuditEvent,
  type AuditSink,
  type ClaimMapper,
  type MintlifyUser,
  type TenantOptions,
  type TenantResolver,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { SessionStrategy, type Account } from './sessions.js';
import { LEAVING, toTenantOptions, type SoakTenants } from './tenants.js';

/** Short, so that tenants are reloaded many times during a run. */
const TENANT_MAX_AGE_SECONDS = 5;

/** So long that most early disconnects happen in the meantime. */
const LEAVING_MAPPER_MS = 20;

const TENANTS = Symbol('TENANTS');

/** Waits, as a mapper with a database query does. */
@Injectable()
@ClaimMapperFor()
class AccountMapper implements ClaimMapper<Account> {
  async map({ name, tenantId = 'default' }: Account): Promise<MintlifyUser> {
    await (tenantId === LEAVING ? wait(LEAVING_MAPPER_MS) : nextTurn());
    return {
      groups: ['developers', `${tenantId}-staff`],
      content: { firstName: name, tenant: tenantId, plan: 'enterprise' },
      apiPlaygroundInputs: { header: { 'X-Api-Version': '2026-11' }, server: { subdomain: tenantId } },
    };
  }
}

class AccountTenantResolver implements TenantResolver<Account | undefined> {
  resolve(account: Account | undefined): string | undefined {
    return account?.tenantId;
  }
}

@Injectable()
class LoadedTenants implements TenantSource {
  constructor(@Inject(TENANTS) private readonly tenants: SoakTenants) {}

  async load(tenantId: string): Promise<TenantOptions | undefined> {
    await nextTurn();
    const docs = this.tenants.loaded[tenantId];
    return docs && toTenantOptions(docs);
  }
}

/** Counts the events of visitors who stay. There is one event per request. */
@Injectable()
export class CountingSink implements AuditSink {
  #events = 0;

  get events(): number {
    return this.#events;
  }

  record({ tenantId, outcome }: AuditEvent): void {
    if (tenantId !== LEAVING && outcome !== 'client_closed') this.#events += 1;
  }
}

/** A host app with tenants, a passport guard and two handshakes, as a large company would have. */
@Module({ imports: [PassportModule], providers: [SessionStrategy, AccountMapper] })
export class SoakModule {
  static for(tenants: SoakTenants): DynamicModule {
    const provider = { provide: TENANTS, useValue: tenants };
    return {
      module: SoakModule,
      imports: [
        MintlifyPersonalizationModule.forRoot({
          ...tenants.defaultSite,
          tenants: Object.fromEntries(
            Object.entries(tenants.configured).map(([id, docs]) => [id, toTenantOptions(docs)]),
          ),
          tenantResolver: AccountTenantResolver,
          tenantSource: LoadedTenants,
          auditSink: CountingSink,
          tenantMaxAgeSeconds: TENANT_MAX_AGE_SECONDS,
          imports: [{ module: TenantsModule, providers: [provider], exports: [provider] }],
          handshakes: { jwt: {}, sharedSession: {} },
        }),
      ],
    };
  }
}

@Module({})
class TenantsModule {}
