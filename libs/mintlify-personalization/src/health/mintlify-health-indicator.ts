import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { SigningKeysChecker, type SigningKeyCheck } from '../signing/signing-keys-checker.js';

/**
 * A health indicator for `@nestjs/terminus`. It is down while the key of the default docs site, or of a tenant in the
 * options, does not sign. Provide it in a module that imports `MintlifyPersonalizationModule` and `TerminusModule`.
 *
 * @example
 * ```ts
 * import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
 *
 * @Get('health')
 * @HealthCheck()
 * check() {
 *   return this.health.check([() => this.mintlify.isHealthy('docs')]);
 * }
 * ```
 */
@Injectable()
export class MintlifyHealthIndicator {
  constructor(
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(SigningKeysChecker) private readonly keys: SigningKeysChecker,
  ) {}

  /**
   * Checks the keys.
   *
   * @param key the name of this indicator in the result. Default `'mintlify'`
   * @returns how many keys were checked; by tenant, why a key does not sign; and the circuit breakers that are not closed.
   * Contains no key and no message of a key service
   */
  async isHealthy<const Key extends string = 'mintlify'>(
    key = 'mintlify' as Key,
  ): Promise<HealthIndicatorResult<Key>> {
    const checks = await this.keys.check();
    const failing = checks.filter(({ outcome }) => outcome !== 'ok');
    const breakers = checks.filter(({ breaker = 'closed' }) => breaker !== 'closed');
    const details = {
      checkedKeys: checks.length,
      ...(failing.length > 0 && { failing: Object.fromEntries(failing.map(outcomeByTenant)) }),
      ...(breakers.length > 0 && { breakers: Object.fromEntries(breakers.map(breakerByTenant)) }),
    };
    const indicator = this.indicators.check(key);
    return failing.length === 0 ? indicator.up(details) : indicator.down(details);
  }
}

const DEFAULT_DOCS = '(default)';

function outcomeByTenant({ tenantId = DEFAULT_DOCS, outcome }: SigningKeyCheck): [string, string] {
  return [tenantId, outcome];
}

function breakerByTenant({ tenantId = DEFAULT_DOCS, breaker = 'closed' }: SigningKeyCheck): [string, string] {
  return [tenantId, breaker];
}
