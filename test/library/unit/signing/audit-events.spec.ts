import { describe, expect, it } from '@jest/globals';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import { auditCollector } from '../../../support/audit.support.js';
import { errorOf, NOW_MS, startSigning } from '../../../support/modules.support.js';

const occurredAt = new Date(NOW_MS).toISOString();

async function startAudited(options: Partial<MintlifyPersonalizationOptions> = {}) {
  const { auditSink, events } = auditCollector();
  const { service } = await startSigning({ tenants: { acme: {} }, ...options, auditSink });
  return { service, events };
}

describe('An audit event of the signing service', () => {
  it('is a redirect that is refused, with the reason and the tenant', async () => {
    const { service, events } = await startAudited();
    await service.createRedirectUrl({}, { redirect: 'https://evil.com/canary' });
    await service.createRedirectUrl({}, { redirect: '/%2fevil.com' }, { tenantId: 'acme' });
    expect(events).toStrictEqual([
      { occurredAt, type: 'redirect.refused', outcome: 'off_origin' },
      { occurredAt, type: 'redirect.refused', outcome: 'ambiguous_path', tenantId: 'acme' },
    ]);
  });

  it('is a redirect that makes the address too long', async () => {
    const { service, events } = await startAudited({ maxRedirectUrlLength: 1_000 });
    await service.createRedirectUrl({}, { redirect: `/${'a'.repeat(1_000)}` });
    expect(events).toStrictEqual([{ occurredAt, type: 'redirect.refused', outcome: 'too_long' }]);
  });

  it('is a signer that fails, with the code and the name of its key', async () => {
    const { service, events } = await startAudited({
      signingKey: { algorithm: 'ES256', sign: () => new Uint8Array(63) },
      keyId: '2026-11',
    });
    await errorOf(() => service.sign({}));
    await errorOf(() => service.sign({}, { tenantId: 'acme' }));
    expect(events).toStrictEqual([
      { occurredAt, type: 'signer.failed', outcome: 'signer_failed', keyId: '2026-11' },
      { occurredAt, type: 'signer.failed', outcome: 'signer_failed', keyId: '2026-11', tenantId: 'acme' },
    ]);
  });

  it('is none where all is well, and none where the user is at fault', async () => {
    const { service, events } = await startAudited();
    await service.createRedirectUrl({}, { redirect: '/a' });
    await errorOf(() => service.sign({ groups: [''] }));
    expect(events).toEqual([]);
  });
});
