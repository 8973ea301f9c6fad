import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { NO_KEYS } from '../../../../libs/mintlify-personalization/src/playground-keys/key-record.js';
import { SealedKeyStore } from '../../../../libs/mintlify-personalization/src/playground-keys/sealed-key-store.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { KEYS_SECRET, keyOf, SharedKeyStore } from '../../../support/playground-keys.support.js';

const secretOf = (text: string) => createSecretKey(Buffer.from(text));
const record = (value: string) => ({
  ...NO_KEYS,
  keys: [keyOf(value, NOW_SECONDS + 60)],
  renewAt: NOW_SECONDS + 30,
});

describe('SealedKeyStore', () => {
  it('reads what it wrote, and shows the store neither the key nor the visitor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 8 }), fc.string({ minLength: 8 }), async (subject, value) => {
        const inner = new SharedKeyStore();
        const store = new SealedKeyStore(inner, secretOf(KEYS_SECRET));
        const id = store.idOf('acme', subject);
        expect(id).toMatch(/^[\w-]{43}$/);
        await store.write(id, record(value));
        expect(await store.read(id)).toEqual(record(value));
        const [, sealed = ''] = inner.written;
        expect(sealed).toMatch(/^[\w-]+$/);
        const bytes = Buffer.from(sealed, 'base64url');
        for (const secret of [subject, value]) {
          expect(inner.written.join('\n')).not.toContain(secret);
          expect(bytes.includes(Buffer.from(secret))).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a different id for each visitor of each tenant', () => {
    const store = new SealedKeyStore(new SharedKeyStore(), secretOf(KEYS_SECRET));
    const tenant = fc.option(fc.constantFrom('acme', 'globex', 'a'), { nil: undefined });
    fc.assert(
      fc.property(tenant, fc.string(), tenant, fc.string(), (one, ada, other, grace) => {
        const isSame = one === other && ada === grace;
        expect(store.idOf(one, ada) === store.idOf(other, grace)).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, (sealed: string) => string]>([
    ['changed', (sealed) => sealed.slice(0, -4) + (sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA')],
    ['cut', (sealed) => sealed.slice(0, 10)],
    ['replaced by a text', () => '{"keys":[]}'],
    ['empty', () => ''],
    ['too long', () => 'A'.repeat(262_145)],
  ])('takes a record that was %s as none', async (_, change) => {
    const inner = new SharedKeyStore();
    const store = new SealedKeyStore(inner, secretOf(KEYS_SECRET));
    await store.write('id', record('secret-value'));
    inner.records.set('id', change(inner.records.get('id') ?? ''));
    expect(await store.read('id')).toEqual(NO_KEYS);
  });

  it('takes the record of another visitor, or of another secret, as none', async () => {
    const inner = new SharedKeyStore();
    const store = new SealedKeyStore(inner, secretOf(KEYS_SECRET));
    await store.write('ada', record('secret-value'));
    inner.records.set('grace', inner.records.get('ada') ?? '');
    expect(await store.read('grace')).toEqual(NO_KEYS);
    const other = new SealedKeyStore(inner, secretOf(KEYS_SECRET.toUpperCase()));
    expect(await other.read('ada')).toEqual(NO_KEYS);
    expect(await store.read('ada')).toEqual(record('secret-value'));
  });
});
