import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  CLOCK,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type Clock,
} from 'nestjs-mintlify-personalization';
import { Test } from '@nestjs/testing';
import { decodeJwt } from 'jose';
import { SERVICES_ONLY } from '../../../support/modules.support.js';

describe('CLOCK', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_900_000_000_999, doNotFake: ['nextTick', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is the clock of the machine, unless it is overridden', async () => {
    const module = await Test.createTestingModule({
      imports: [MintlifyPersonalizationModule.forRoot(SERVICES_ONLY)],
    }).compile();
    expect(module.get<Clock>(CLOCK, { strict: false }).now()).toBe(1_900_000_000_999);
    expect(decodeJwt(await module.get(MintlifySigningService).sign({}))).toMatchObject({
      iat: 1_900_000_000,
      exp: 1_900_000_010,
    });
    await module.close();
  });
});
