import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { exportPublicJwk } from 'nestjs-mintlify-personalization';
import { createTestSigningKey, FixedClock } from 'nestjs-mintlify-personalization/testing';

describe('createTestSigningKey', () => {
  it.each(['personalization', 'authentication'] as const)(
    'makes a pair that the library takes: %s',
    async (mode) => {
      const key = createTestSigningKey(mode);
      expect(key.mode).toBe(mode);
      const jwk = await exportPublicJwk(key.privateKey, mode);
      expect(createPublicKey(key.publicKey).export({ format: 'jwk' })).toEqual(jwk);
      expect(createPrivateKey(key.privateKey).type).toBe('private');
    },
  );

  it('makes a pair for public docs where nothing is said, and another at each call', () => {
    const [one, other] = [createTestSigningKey(), createTestSigningKey()];
    expect([one.mode, other.mode]).toEqual(['personalization', 'personalization']);
    expect(one.publicKey).not.toBe(other.publicKey);
  });

  it('knows no other mode', () => {
    expect(() => createTestSigningKey('toString' as never)).toThrow(/^mode must be 'personalization' or/);
  });
});

describe('FixedClock', () => {
  const start = Date.UTC(2030, 0, 1);

  it.each([new Date(start), '2030-01-01T00:00:00Z', start])('stands at %p', (at) => {
    const clock = new FixedClock(at);
    expect([clock.now(), clock.now()]).toEqual([start, start]);
  });

  it('stands at the time at which it is made, where none is given', () => {
    const before = Date.now();
    const now = new FixedClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('goes where it is set, and forward by seconds', () => {
    const clock = new FixedClock(start);
    clock.advanceSeconds(1.5);
    expect(clock.now()).toBe(start + 1_500);
    clock.set('2031-01-01T00:00:00Z');
    expect(clock.now()).toBe(Date.UTC(2031, 0, 1));
  });

  it('refuses what is no date, and stays where it was', () => {
    const clock = new FixedClock(start);
    expect(() => new FixedClock('tomorrow')).toThrow('FixedClock needs a date');
    expect(() => clock.set(Number.NaN)).toThrow('FixedClock needs a date');
    expect(() => clock.advanceSeconds(Number.NaN)).toThrow('FixedClock needs a date');
    expect(clock.now()).toBe(start);
  });
});
