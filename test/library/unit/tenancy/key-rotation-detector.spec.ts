import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  AuditEntry,
  AuditRecorder,
} from '../../../../libs/mintlify-personalization/src/audit/audit.recorder.js';
import type { SigningKeyHandle } from '../../../../libs/mintlify-personalization/src/keys/signing-key-handle.js';
import { KeyRotationDetector } from '../../../../libs/mintlify-personalization/src/tenancy/key-rotation-detector.js';

const key = (fingerprint: string | undefined, keyId?: string): SigningKeyHandle =>
  ({ fingerprint, keyId }) as Partial<SigningKeyHandle> as SigningKeyHandle;

describe('A rotation of a key', () => {
  const record = jest.fn<(entry: AuditEntry) => void>();

  beforeEach(() => {
    record.mockReset();
  });

  const watch = (max = 10): KeyRotationDetector =>
    new KeyRotationDetector({ record } as unknown as AuditRecorder, max);

  it('is a key other than the one before, and is recorded with its name', () => {
    const rotations = watch();
    for (const [fingerprint, keyId] of [
      ['one', 'kid-1'],
      ['one', 'kid-1'],
      ['two', 'kid-2'],
      ['two', 'kid-2'],
    ]) {
      rotations.observe('acme', key(fingerprint, keyId));
    }
    expect(record.mock.calls).toEqual([
      [{ type: 'key.rotated', outcome: 'ok', tenantId: 'acme', keyId: 'kid-2' }],
    ]);
  });

  it('is one of the default docs site where there is no tenant', () => {
    const rotations = watch();
    rotations.observe(undefined, key('one'));
    rotations.observe(undefined, key('two'));
    expect(record.mock.calls).toEqual([
      [{ type: 'key.rotated', outcome: 'ok', tenantId: undefined, keyId: undefined }],
    ]);
  });

  it('is not that another docs site has another key', () => {
    const rotations = watch();
    rotations.observe(undefined, key('one'));
    rotations.observe('acme', key('two'));
    rotations.observe('zeta', key('three'));
    expect(record).not.toHaveBeenCalled();
  });

  it('is not seen in keys that nothing tells apart', () => {
    const rotations = watch();
    for (const fingerprint of ['one', undefined, 'one']) rotations.observe('acme', key(fingerprint));
    expect(record).not.toHaveBeenCalled();
  });

  it('is not seen for docs sites that were not heard of for longest', () => {
    const rotations = watch(2);
    for (const id of ['acme', 'zeta', 'third']) rotations.observe(id, key('one'));
    rotations.observe('acme', key('two'));
    expect(record).not.toHaveBeenCalled();
    rotations.observe('third', key('two'));
    expect(record.mock.calls).toEqual([[expect.objectContaining({ tenantId: 'third' })]]);
  });
});
