import { Logger, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IdentityService } from '../identity/identity.service.js';
import type { DocsMode } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { findExport, isModuleClass, isNestClass } from './module-walk.js';

/** A visitor of your app, by what your guard puts on `request.user`. */
export interface PrincipalPersona<P = unknown> {
  readonly principal: P;
  /** The tenant. Default: the one that the tenant resolver finds. */
  readonly tenant?: string;
  /** Which docs, if the app imports the module several times: the option `docsUrl` of one import. */
  readonly docsUrl?: string;
  /** What the tenant resolver and the claim mapper read of the request. Default: a request without headers. */
  readonly request?: object;
}

/**
 * Named visitors for `mintlify-personalization personas`: the content of `personas.ts`. `null` is not logged in.
 *
 * @example
 * ```ts
 * export default {
 *   anonymous: null,
 *   'an administrator': { principal: { accountId: 'ada', tenantId: 'acme' } },
 *   'a viewer': { groups: ['viewer'], content: { plan: 'free' } },
 * } satisfies Personas<SessionPrincipal>;
 * ```
 */
export type Personas<P = unknown> = Readonly<Record<string, PrincipalPersona<P> | MintlifyUser | null>>;

/** What the docs of a tenant know about a persona. */
export interface MappedPersona {
  /** Absent for the default docs site. */
  readonly tenantId?: string;
  /** The mode of the tenant's docs. */
  readonly mode: DocsMode;
  readonly user: MintlifyUser;
}

/**
 * Maps personas by the claim mappers of an app, with its tenant resolver and all checks. The app starts as a Nest
 * application context, without a log: providers and their lifecycle hooks run, and no port is opened. It is closed again.
 *
 * @param exported what the file of a module exports, or a module
 * @param name the export that is the module, or a function that makes the module or the app. Default: the only module
 * @returns by the names of the personas
 * @throws TypeError if there is no such module, or a persona cannot be mapped
 * @throws Error the error of an app that cannot start
 * @example
 * ```ts
 * const { ada } = await mapPersonas(AppModule, { ada: { principal: { accountId: 'ada' } } });
 * ada?.user.groups; // ['admin']
 * ```
 */
export async function mapPersonas(
  exported: unknown,
  personas: Readonly<Record<string, PrincipalPersona>>,
  name?: string,
): Promise<Record<string, MappedPersona>> {
  const app = await startApp(exported, name);
  try {
    const imports = listImports(app);
    const mapped: [string, MappedPersona][] = [];
    for (const [each, persona] of Object.entries(personas)) {
      const one = await mapOne(imports, persona).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new TypeError(`The persona "${each}" cannot be mapped: ${reason}`, { cause });
      });
      mapped.push([each, one]);
    }
    return Object.fromEntries(mapped);
  } finally {
    await app.close();
  }
}

async function mapOne(
  imports: readonly ModuleImport[],
  { principal, tenant: tenantId, docsUrl, request: given }: PrincipalPersona,
): Promise<MappedPersona> {
  const { identity, tenants } = findImport(imports, docsUrl);
  const request = { headers: {}, query: {}, params: {}, user: principal, ...given };
  const known = tenantId === undefined ? await tenants.find(principal, request) : await tenants.get(tenantId);
  const { groups, content, apiPlaygroundInputs } = await identity.identifyWithoutKeys(
    known,
    principal,
    request,
  );
  return {
    ...(known.id !== undefined && { tenantId: known.id }),
    mode: known.site.mode,
    user: {
      ...(groups !== undefined && { groups }),
      ...(content !== undefined && { content }),
      ...(apiPlaygroundInputs !== undefined && { apiPlaygroundInputs }),
    },
  };
}

async function startApp(exported: unknown, name: string | undefined): Promise<INestApplicationContext> {
  const found = await findExport(exported, name);
  // An app's log is not the output of the command. One with a logger of its own gets it back until it is made.
  Logger.overrideLogger(false);
  const isFactory = typeof found === 'function' && !isModuleClass(found) && !isNestClass(found);
  const made: unknown = isFactory ? await (found as () => unknown)() : await found;
  if (isContext(made)) {
    made.useLogger(false);
    await made.init();
    return made;
  }
  return NestFactory.createApplicationContext(made as Type | DynamicModule, {
    logger: false,
    abortOnError: false,
  });
}

function isContext(value: unknown): value is INestApplicationContext {
  const { init, get, close } = Object(value) as Partial<INestApplicationContext>;
  return [init, get, close].every((method) => typeof method === 'function');
}

/** The services of one import of the module. */
interface ModuleImport {
  readonly docsUrl: string;
  readonly identity: IdentityService;
  readonly tenants: TenantRegistry;
}

function findImport(imports: readonly ModuleImport[], docsUrl: string | undefined): ModuleImport {
  const found =
    docsUrl === undefined ? imports : imports.filter((each) => each.docsUrl === docsUrl.replace(/\/+$/, ''));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const all = imports.map((each) => each.docsUrl).join(', ');
  throw new TypeError(
    `${found.length} imports of MintlifyPersonalizationModule fit. Set docsUrl of the persona to one of: ${all}.`,
  );
}

function listImports(app: INestApplicationContext): ModuleImport[] {
  const everyImport = { strict: false, each: true } as const;
  try {
    const tenants: TenantRegistry[] = app.get(TenantRegistry as unknown as Type<TenantRegistry>, everyImport);
    const identities: IdentityService[] = app.get(IdentityService, everyImport);
    // Both in the order of the modules.
    return identities.flatMap((identity, index) => {
      const registry = tenants[index];
      if (registry === undefined) return [];
      return [{ docsUrl: registry.defaultTenant.site.url, identity, tenants: registry }];
    });
  } catch (cause) {
    throw new TypeError(
      'The app does not import MintlifyPersonalizationModule. Name the file of the module that does.',
      { cause },
    );
  }
}
