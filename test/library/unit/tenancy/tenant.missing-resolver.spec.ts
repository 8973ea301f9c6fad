import { describe, expect, it } from '@jest/globals';
import {
  MintlifyPersonalizationModule,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import { LogCollector } from '../../../support/log-collector.support.js';
import { startModule, StoppedClock } from '../../../support/modules.support.js';
import { docsOf, PrincipalIsTenant, sourceOf, TENANT_DEFAULTS } from '../../../support/tenants.support.js';

const WARNING = 'There are tenants and no tenantResolver';

/** What the log holds after a start. */
async function logOf(options: Partial<MintlifyPersonalizationOptions>): Promise<string> {
  const logger = new LogCollector();
  const module = MintlifyPersonalizationModule.forRoot({ ...TENANT_DEFAULTS, ...options });
  await startModule({ imports: [module] }, new StoppedClock(), logger);
  return logger.text;
}

describe('Tenants without a tenantResolver', () => {
  const tenants = { acme: docsOf('acme') };
  const tenantSource = sourceOf(docsOf);

  it('are warned of where the login route is mounted, for no visitor is ever found to be theirs', async () => {
    expect(await logOf({ tenantResolver: undefined, tenants })).toContain(WARNING);
    expect(await logOf({ tenantResolver: undefined, tenantSource })).toContain(WARNING);
  });

  it('are in order where no route is mounted; so is an app without tenants, or with a resolver', async () => {
    const handshakes = { jwt: false } as const;
    for (const options of [
      { tenantResolver: undefined, tenants, handshakes },
      { tenantResolver: undefined },
      { tenantResolver: PrincipalIsTenant, tenants },
    ]) {
      expect(await logOf(options)).not.toContain(WARNING);
    }
  });
});
