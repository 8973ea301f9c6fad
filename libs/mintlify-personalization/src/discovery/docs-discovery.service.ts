import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { SubjectHash } from '../audit/subject-hash.js';
import { IdentityService } from '../identity/identity.service.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import { invalidOptionError } from '../options/invalid-option-error.js';
import { nameTenant } from '../errors.js';
import { assertPrincipal } from '../tenancy/principal.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { readPageAnswer, readResults } from './discovery-answers.js';
import { DiscoveryClient, type DiscoveryTarget } from './discovery-client.js';
import { discoveryRefused } from './discovery-errors.js';
import { DISCOVERY_LIMITS, type ResolvedDiscoveryLimits } from './discovery-options.js';
import { readPage, readQuestion, readSearch } from './discovery-requests.js';
import type {
  DocsAnswer,
  DocsDiscoveryCall,
  DocsPage,
  DocsQuestion,
  DocsSearch,
  DocsSearchResult,
} from './discovery-types.js';
import { VisitorLimit } from './visitor-limit.js';

/** What a call needs to know about its visitor. */
interface Visit extends DiscoveryTarget {
  readonly groups: readonly string[];
  /** The same for all calls of a visitor, and no one can read from it who that is. */
  readonly fingerprint: string;
  /** Releases the visitor's place. */
  readonly leave: () => void;
}

/** The providers of `MintlifyPersonalizationModule`, wherever the app imports it. */
interface Identification {
  readonly tenants: TenantRegistry;
  readonly identity: IdentityService;
  readonly audit: AuditRecorder;
  readonly subjects: SubjectHash;
}

/**
 * Searches the docs, reads their pages and asks their assistant for a visitor of your app, by Mintlify's discovery API. The
 * visitor sees what the docs show to the groups that your claim mapper gives. Questions are never logged.
 *
 * @example
 * ```ts
 * const results = await discovery.search(request.user, { query: 'webhooks' }, { request });
 * ```
 */
@Injectable()
export class DocsDiscoveryService implements OnModuleInit {
  readonly #client: DiscoveryClient;
  readonly #limit: VisitorLimit;
  readonly #moduleRef: ModuleRef;
  #found: Identification | undefined;

  /** @internal Created by the module. */
  constructor(
    @Inject(DISCOVERY_LIMITS) limits: ResolvedDiscoveryLimits,
    @Inject(ModuleRef) moduleRef: ModuleRef,
  ) {
    this.#client = new DiscoveryClient(limits);
    this.#limit = new VisitorLimit(limits.maxConcurrent, limits.maxConcurrentPerVisitor);
    this.#moduleRef = moduleRef;
  }

  /**
   * @hidden
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  onModuleInit(): void {
    this.#identification();
  }

  /**
   * Searches the pages that the visitor may see.
   *
   * @param principal what your guard put on `request.user`
   * @throws DiscoveryRateLimitError if the API, or the visitor's own limit, allows no more requests for now
   * @throws MintlifyPersonalizationError `discovery_invalid` for a wrong or unknown field, `discovery_refused`,
   * `discovery_timeout`, `discovery_unavailable`, `overloaded`, and the errors of `IdentityService.identify()`
   */
  async search(
    principal: unknown,
    search: DocsSearch,
    call: DocsDiscoveryCall = {},
  ): Promise<DocsSearchResult[]> {
    const { filter, ...fields } = readSearch(search);
    return this.#visit(principal, call, async (visit) => {
      const body = { ...fields, filter: { ...filter, groups: visit.groups } };
      const answer = await this.#client.json(visit, 'v1/search/{domain}', body);
      if (answer === undefined) throw nameTenant(visit.tenantId, discoveryRefused(404));
      return readResults(answer);
    });
  }

  /**
   * Reads the text of a page.
   *
   * @param path the `path` of a search result
   * @returns `undefined` if there is no such page, or if the visitor may not see it
   * @throws the errors of {@link search}
   */
  async readPage(
    principal: unknown,
    path: string,
    call: DocsDiscoveryCall = {},
  ): Promise<DocsPage | undefined> {
    const fields = readPage({ path });
    return this.#visit(principal, call, async (visit) => {
      const answer = await this.#client.json(visit, 'v1/page/{domain}', { ...fields, groups: visit.groups });
      return answer === undefined ? undefined : readPageAnswer(answer, path);
    });
  }

  /**
   * Asks the assistant. The answer is in the format of the AI SDK, version 5 and later.
   *
   * @returns as soon as the answer begins; the visitor's place is taken until `stream` has ended or is cancelled
   * @throws the errors of {@link search}; `stream` fails with them later
   */
  async ask(principal: unknown, question: DocsQuestion, call: DocsDiscoveryCall = {}): Promise<DocsAnswer> {
    const { filter, ...fields } = readQuestion(question);
    const visit = await this.#enter(principal, call);
    const body = { ...fields, fp: visit.fingerprint, filter: { ...filter, groups: visit.groups } };
    return this.#client.stream(visit, 'v2/assistant/{domain}/message', body, visit.leave);
  }

  async #visit<T>(
    principal: unknown,
    call: DocsDiscoveryCall,
    task: (visit: Visit) => Promise<T>,
  ): Promise<T> {
    const visit = await this.#enter(principal, call);
    try {
      return await task(visit);
    } finally {
      visit.leave();
    }
  }

  async #enter(principal: unknown, { request, signal }: DocsDiscoveryCall): Promise<Visit> {
    assertPrincipal(principal);
    const { tenants, identity, audit, subjects } = this.#identification();
    const tenant = await tenants.find(principal, request);
    const settings = settingsOf(tenant);
    const id = audit.idOf(principal);
    if (id === undefined) throw nameTenant(tenant.id, missingId());
    const visitor = JSON.stringify([tenant.id ?? null, id]);
    // Before the mapper runs: it may be slow.
    const leave = this.#limit.enter(visitor, tenant.id);
    try {
      const { groups = [] } = await identity.identifyWithoutKeys(tenant, principal, request);
      const fingerprint = subjects.hash(`docs discovery ${visitor}`);
      return { settings, tenantId: tenant.id, signal, groups, fingerprint, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  #identification(): Identification {
    return (this.#found ??= findIdentification(this.#moduleRef));
  }
}

function findIdentification(moduleRef: ModuleRef): Identification {
  const anywhere = { strict: false };
  try {
    return {
      tenants: moduleRef.get<TenantRegistry>(TenantRegistry, anywhere),
      identity: moduleRef.get(IdentityService, anywhere),
      audit: moduleRef.get(AuditRecorder, anywhere),
      subjects: new SubjectHash(moduleRef.get<ResolvedOptions>(RESOLVED_OPTIONS, anywhere).audit),
    };
  } catch {
    throw invalidOptionError(
      'DocsDiscoveryModule',
      'finds no MintlifyPersonalizationModule in this app',
      'Import MintlifyPersonalizationModule.forRoot() or forRootAsync() too.',
    );
  }
}

function settingsOf({ id, discovery }: Tenant): NonNullable<Tenant['discovery']> {
  if (discovery !== undefined) return discovery;
  const error = invalidOptionError(
    'discovery',
    'is not set for this docs site',
    'Set it to { domain, apiKey } beside docsUrl.',
  );
  throw nameTenant(id, error);
}

function missingId(): Error {
  return invalidOptionError(
    'audit.subject',
    'returns no id for this visitor, so that calls of one visitor cannot be limited',
    'Let it return the id of every account.',
  );
}
