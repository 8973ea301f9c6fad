import { generateKeyPairSync } from 'node:crypto';
import { afterEach, jest } from '@jest/globals';
import {
  Injectable,
  Module,
  type CanActivate,
  type ExecutionContext,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import { jwtVerify, type JWTPayload } from 'jose';
import {
  CLOCK,
  IdentityService,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  TenantRegistry,
  type ClaimMapper,
  type DocsMode,
  type MintlifyPersonalizationOptions,
  type TenantOptions,
  type TenantResolver,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { MONOTONIC_CLOCK } from '../../libs/mintlify-personalization/src/time/monotonic-clock.js';
import { HandMovedClock, Held, StoppedClock } from './clock.support.js';
import { docsKeys, ecPair, type KeyPair } from './keys.support.js';
import { LogCollector } from './log-collector.support.js';

export { HandMovedClock, Held };

/** The turns of the event loop that whatever runs in the background needs to get through. */
export async function backgroundWork(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
}

/** A key pair for a mode. */
export const keyPairFor = (mode: DocsMode): KeyPair =>
  mode === 'personalization' ? ecPair() : generateKeyPairSync('ed25519');

/** Verifies a token with the public key of one tenant, as that tenant's docs do. */
export async function verifyTenantToken(
  token: string,
  { publicKey }: Pick<KeyPair, 'publicKey'>,
  mode: DocsMode = 'personalization',
): Promise<JWTPayload & { host?: string; groups?: string[]; expiresAt?: number }> {
  const algorithms = [mode === 'personalization' ? 'ES256' : 'EdDSA'];
  // The library's clock stands still in these tests, far from today.
  const currentDate = new Date(new StoppedClock().now());
  return (await jwtVerify(token, publicKey, { algorithms, currentDate })).payload;
}

export const resolverOf = (
  resolve: (principal: unknown, request: unknown) => unknown,
): Type<TenantResolver> =>
  class CallbackTenantResolver implements TenantResolver {
    resolve = resolve as TenantResolver['resolve'];
  };

export const sourceOf = (load: (tenantId: string, signal: AbortSignal) => unknown): Type<TenantSource> =>
  class CallbackTenantSource implements TenantSource {
    load = load as TenantSource['load'];
  };

/** The principals of these tests are the ids of their tenants. */
export const PrincipalIsTenant = resolverOf((principal) => principal);

/** Says in the groups for whom it was called. */
export class WhoseMapper implements ClaimMapper {
  map: ClaimMapper['map'] = (_, { tenantId = 'nobody', site }) => ({ groups: [tenantId, site.host] });
}

/** A tenant's options that differ from those of all others by the host. */
export const docsOf = (tenantId: string): TenantOptions => ({ docsUrl: `https://docs.${tenantId}.example` });

/** A tenant source over a table that tests change; `load` counts its calls. */
export function tableSource(table: Record<string, TenantOptions | undefined> = {}) {
  const load = jest.fn((id: string, _signal: AbortSignal): Promise<TenantOptions | undefined> =>
    Promise.resolve(Object.hasOwn(table, id) ? table[id] : undefined),
  );
  return { table, load, Source: sourceOf((id, signal) => load(id, signal)) };
}

/** What a spec of tenants looks at. */
export interface Tenants {
  readonly module: TestingModule;
  readonly identity: IdentityService;
  readonly signing: MintlifySigningService;
  readonly registry: TenantRegistry;
  readonly age: HandMovedClock;
  readonly clock: StoppedClock;
  readonly logs: LogCollector;
  /** The groups that the visitor of a tenant gets. */
  readonly groupsOf: (principal: unknown) => Promise<string[] | undefined>;
}

/** The default docs site of these tests, with a route mounted, so that keys and mappers are asked for. */
export const TENANT_DEFAULTS: MintlifyPersonalizationOptions = {
  docsUrl: 'https://docs.foo.com',
  signingKey: docsKeys.privateKey,
  handshakes: { jwt: { guards: [] } },
  claimMapper: WhoseMapper,
  tenantResolver: PrincipalIsTenant,
};

@Module({})
class HostModule {}

/** Starts the library with {@link TENANT_DEFAULTS}, the given options and a host module, without HTTP. */
export async function startTenants(
  options: Partial<MintlifyPersonalizationOptions> = {},
  host: ModuleMetadata = {},
  override: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
): Promise<Tenants> {
  const logs = new LogCollector();
  const age = new HandMovedClock();
  const clock = new StoppedClock();
  const imports = [
    MintlifyPersonalizationModule.forRoot({ ...TENANT_DEFAULTS, ...options }),
    { module: HostModule, ...host },
  ];
  const builder = Test.createTestingModule({ imports })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .overrideProvider(MONOTONIC_CLOCK)
    .useValue(age)
    .setLogger(logs);
  const module = await override(builder).compile();
  started.push(module);
  await module.init();
  logs.lines.length = 0; // what Nest said while it started
  const identity = module.get(IdentityService);
  return {
    module,
    identity,
    signing: module.get(MintlifySigningService),
    registry: module.get(TenantRegistry),
    age,
    clock,
    logs,
    groupsOf: async (principal) => (await identity.identify(principal, {})).groups,
  };
}

const started: TestingModule[] = [];

afterEach(async () => {
  for (const module of started.splice(0)) await module.close();
});

/** How old a tenant of {@link startTable} may be. */
export const MAX_AGE_SECONDS = 100;

/** Starts with a tenant source over a table of `acme` and `zeta`. */
export async function startTable(options: Partial<MintlifyPersonalizationOptions> = {}) {
  const source = tableSource({ acme: docsOf('acme'), zeta: docsOf('zeta') });
  const tenants = await startTenants({
    tenantSource: source.Source,
    tenantMaxAgeSeconds: MAX_AGE_SECONDS,
    ...options,
  });
  return { ...source, ...tenants, loaded: () => source.load.mock.calls.map(([id]) => id) };
}

/** A source that cannot be reached. */
export const away = (): Promise<never> => Promise.reject(new Error('canary: the database db-7 is away'));

/** A guard: the visitor's tenant is what the header says. */
@Injectable()
export class HeaderTenantGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const visitor = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: unknown }>();
    visitor.user = visitor.headers['x-tenant'];
    return visitor.user !== undefined;
  }
}
