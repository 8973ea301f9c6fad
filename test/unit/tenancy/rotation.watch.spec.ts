import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AuditEntry, AuditTrail } from '../../../libs/mintlify-personalization/src/audit/audit.trail.js';
import type { ActiveKey } from '../../../libs/mintlify-personalization/src/keys/active-key.js';
import { RotationWatch } from '../../../libs/mintlify-personalization/src/tenancy/rotation.watch.js';

const key = (fingerprint: string | undefined, keyId?: string): ActiveKey =>
  ({ fingerprint, keyId }) as Partial<ActiveKey> as ActiveKey;

describe('A rotation of a key', () => {
  const record = jest.fn<(entry: AuditEntry) => void>();

  beforeEach(() => {
    record.mockReset();
  });

  const watch = (max = 10): RotationWatch => new RotationWatch({ record } as unknown as AuditTrail, max);

  it('is a key other than the one before, and is recorded with its name', () => {
    const rotations = watch();
    for (const [fingerprint, keyId] of [
      ['one', 'kid-1'],
      ['one', 'kid-1'],
      ['two', 'kid-2'],
      ['two', 'kid-2'],
    ]) {
      rotations.note('acme', key(fingerprint, keyId));
    }
    expect(record.mock.calls).toEqual([
      [{ type: 'key.rotated', outcome: 'ok', tenantId: 'acme', keyId: 'kid-2' }],
    ]);
  });

  it('is one of the default docs site where there is no tenant', () => {
    const rotations = watch();
    rotations.note(undefined, key('one'));
    rotations.note(undefined, key('two'));
    expect(record.mock.calls).toEqual([
      [{ type: 'key.rotated', outcome: 'ok', tenantId: undefined, keyId: undefined }],
    ]);
  });

  it('is not that another docs site has another key', () => {
    const rotations = watch();
    rotations.note(undefined, key('one'));
    rotations.note('acme', key('two'));
    rotations.note('zeta', key('three'));
    expect(record).not.toHaveBeenCalled();
  });

  it('is not seen in keys that nothing tells apart', () => {
    const rotations = watch();
    for (const fingerprint of ['one', undefined, 'one']) rotations.note('acme', key(fingerprint));
    expect(record).not.toHaveBeenCalled();
  });

  it('is not seen for docs sites that were not heard of for longest', () => {
    const rotations = watch(2);
    for (const id of ['acme', 'zeta', 'third']) rotations.note(id, key('one'));
    rotations.note('acme', key('two'));
    expect(record).not.toHaveBeenCalled();
    rotations.note('third', key('two'));
    expect(record.mock.calls).toEqual([[expect.objectContaining({ tenantId: 'third' })]]);
  });
});
