import { DEFAULT_TENANT, type TenantMark } from '../claims/claim-mapper-for.decorator.js';

/** Metadata key of {@link PlaygroundKeysFor}. */
const PLAYGROUND_KEYS_FOR = Symbol('PLAYGROUND_KEYS_FOR');

/**
 * Marks a provider as the issuer of playground keys for one or more tenants or, without an id, for all that have none of
 * their own. It may stand in any module, inject what that module has, and be request-scoped.
 *
 * @param tenantIds each matches `^[a-z0-9][a-z0-9_-]{0,63}$`
 * @example
 * ```ts
 * @Injectable()
 * @PlaygroundKeysFor('acme')
 * export class AcmeKeyIssuer implements PlaygroundKeyIssuer<Account> { … }
 * ```
 */
export function PlaygroundKeysFor(...tenantIds: string[]): ClassDecorator {
  return (target) => {
    const added: readonly TenantMark[] = tenantIds.length === 0 ? [DEFAULT_TENANT] : tenantIds;
    Reflect.defineMetadata(PLAYGROUND_KEYS_FOR, [...(readIssuerMarks(target) ?? []), ...added], target);
  };
}

/** @internal The marks of a class; `undefined` if it has none. */
export function readIssuerMarks(target: unknown): readonly TenantMark[] | undefined {
  if (typeof target !== 'function') return undefined;
  return Reflect.getOwnMetadata(PLAYGROUND_KEYS_FOR, target) as TenantMark[] | undefined;
}
