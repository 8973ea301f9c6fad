import { Inject, Injectable, Logger } from '@nestjs/common';
import { isOwnError, MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import { isHostName } from '../options/docs-origins.js';
import type { AllowedPreview, PreviewStore } from '../ports/preview-store.js';
import { CallLimit } from '../tenancy/call-limit.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { withDeadline } from '../time/deadline.js';
import { MemoryPreviewStore } from './memory-preview-store.js';
import { invalidToken, readPreviewToken } from './preview-token.js';

const SCHEME = 'https://';

/**
 * The previews of your docs that may ask for visitors, although their host names are made up for each. Your CI allows one
 * exact host for a while, with a token that it signs.
 *
 * @example
 * ```ts
 * @Controller('docs-previews')
 * export class DocsPreviewsController {
 *   constructor(@Inject(DocsPreviews) private readonly previews: DocsPreviews) {}
 *
 *   @Post()
 *   allow(@Body('token') token: unknown): Promise<AllowedPreview> {
 *     return this.previews.allow(token);
 *   }
 * }
 * ```
 */
@Injectable()
export class DocsPreviews {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #options: ResolvedOptions['previewOrigins'];
  readonly #tenants: TenantRegistry;
  readonly #clock: Clock;
  readonly #store: PreviewStore;
  readonly #limit: CallLimit;

  /** @internal Created by the module. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { previewOrigins: options, maxConcurrentHandshakes: max }: ResolvedOptions,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#options = options;
    this.#tenants = tenants;
    this.#clock = clock;
    this.#store = options?.store ?? new MemoryPreviewStore();
    this.#limit = new CallLimit(
      max,
      `The preview store is being called maxConcurrentHandshakes (${max}) times. Make it faster, or raise the option.`,
    );
  }

  /**
   * Allows the host of a token. The same token again changes nothing: it cannot make the time longer.
   *
   * @param token as `mintlify-personalization allow-preview` prints it
   * @throws UnauthorizedException (401) for a token that is not valid here, which says why
   * @throws MintlifyPersonalizationError `invalid_option` without `previewOrigins`, `preview_store_failed`, `overloaded`
   */
  async allow(token: unknown): Promise<AllowedPreview> {
    if (this.#options === undefined) {
      throw new MintlifyPersonalizationError(
        'invalid_option',
        'previewOrigins is missing. Set suffix and publicKeys.',
      );
    }
    const { host, tenantId, audience, expiresAt } = await readPreviewToken(
      token,
      this.#options,
      this.#clock.now(),
    );
    const origin = SCHEME + host;
    if (!this.isCandidate(origin)) {
      throw invalidToken('Its host must be a host name that ends with previewOrigins.suffix.');
    }
    const tenant = await this.#find(tenantId);
    if (audience !== tenant.site.origin) throw invalidToken('Its aud is not the origin of these docs.');
    const preview: AllowedPreview = { origin, expiresAt, ...(tenantId !== undefined && { tenantId }) };
    await this.#call((store) => store.write(preview));
    this.#logger.log(`The preview ${origin} is allowed until ${new Date(expiresAt * 1_000).toISOString()}.`);
    return preview;
  }

  /**
   * Whether an origin may be that of a preview: then the store is asked.
   *
   * @internal
   */
  isCandidate(origin: string): boolean {
    const { suffix = [] } = this.#options ?? {};
    const host = origin.slice(SCHEME.length);
    return (
      origin.startsWith(SCHEME) &&
      suffix.some((end) => host.endsWith(end) && host.length > end.length) &&
      isHostName(host)
    );
  }

  /**
   * The preview of an origin, if it is still allowed.
   *
   * @internal
   * @throws MintlifyPersonalizationError `preview_store_failed`, `overloaded`
   */
  async find(origin: string): Promise<AllowedPreview | undefined> {
    return this.#call(async (store) => {
      const { origin: found, tenantId, expiresAt } = (await store.read(origin)) ?? {};
      if (found !== origin) return undefined;
      // A driver may give a large number as a text.
      if (typeof expiresAt !== 'number') throw new TypeError('expiresAt of a preview is no number.');
      const preview: AllowedPreview = { origin, expiresAt, ...(tenantId !== undefined && { tenantId }) };
      return this.#isCurrent(preview) ? preview : undefined;
    });
  }

  /**
   * Whether a preview may ask for visitors of a tenant.
   *
   * @internal
   */
  isOf(preview: AllowedPreview | undefined, { id }: Pick<Tenant, 'id'>): boolean {
    return preview !== undefined && preview.tenantId === id && this.#isCurrent(preview);
  }

  #isCurrent({ expiresAt }: AllowedPreview): boolean {
    return expiresAt > this.#clock.now() / 1_000;
  }

  async #find(tenantId: string | undefined): Promise<Tenant> {
    try {
      return await this.#tenants.get(tenantId);
    } catch (error) {
      if (isOwnError(error) && error.code === 'unknown_tenant')
        throw invalidToken('There is no such tenant.', error);
      throw error;
    }
  }

  async #call<T>(call: (store: PreviewStore) => T | Promise<T>): Promise<T> {
    const timeoutMs = this.#options?.timeoutMs ?? 0;
    try {
      return await this.#limit.run(() => withDeadline(() => call(this.#store), timeoutMs, storeTimeout));
    } catch (error) {
      if (isOwnError(error)) throw error;
      throw new MintlifyPersonalizationError(
        'preview_store_failed',
        'The preview store threw an error, or gave no preview.',
        {
          cause: error,
        },
      );
    }
  }
}

function storeTimeout(timeoutMs: number): Error {
  return new MintlifyPersonalizationError(
    'preview_store_failed',
    `The preview store took longer than previewOrigins.timeoutMs (${timeoutMs} ms). Make it faster, or raise the option.`,
  );
}
