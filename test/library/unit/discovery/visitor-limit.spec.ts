import { describe, expect, it } from '@jest/globals';
import { VisitorLimit } from '../../../../libs/mintlify-personalization/src/discovery/visitor-limit.js';

describe('VisitorLimit', () => {
  it('refuses a visitor with 429 and all visitors with 503, and keeps nothing of who was refused', () => {
    const limit = new VisitorLimit(2, 1);
    const leaveAda = limit.enter('ada', undefined);
    expect(() => limit.enter('ada', 'acme')).toThrow(
      /^Tenant "acme": The visitor has maxConcurrentPerVisitor \(1\)/,
    );
    const leaveAlan = limit.enter('alan', undefined);
    expect(() => limit.enter('grace', undefined)).toThrow(/maxConcurrent \(2\)/);
    expect(limit.taken).toEqual({ inAll: 2, ids: 2 });
    leaveAda();
    leaveAda();
    expect(limit.taken).toEqual({ inAll: 1, ids: 1 });
    limit.enter('grace', undefined)();
    leaveAlan();
    expect(limit.taken).toEqual({ inAll: 0, ids: 0 });
  });
});
