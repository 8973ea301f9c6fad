import { jest } from '@jest/globals';
import { Injectable, type Type } from '@nestjs/common';
import {
  PlaygroundKeysFor,
  type PlaygroundKey,
  type PlaygroundKeyIssuer,
  type PlaygroundKeyStore,
} from 'nestjs-mintlify-personalization';

export const KEY_HEADER = 'X-Acme-Key';
export const KEYS_SECRET = 'canary-of-a-secret-for-playground-keys';

type Issue = PlaygroundKeyIssuer['issue'];
type Revoke = NonNullable<PlaygroundKeyIssuer['revoke']>;

/** What an issuer of these tests was asked to do. */
export interface IssuerCalls {
  readonly issue: jest.Mock<Issue>;
  readonly revoke: jest.Mock<Revoke>;
}

/** An issuer that gives `key-1`, `key-2` and so on, unless a spec says otherwise. */
export function keyIssuer(
  nowMs: () => number,
  { lifetimeSeconds = 3_600, tenantIds = [] as string[] } = {},
): { readonly Issuer: Type<PlaygroundKeyIssuer>; readonly calls: IssuerCalls } {
  let count = 0;
  const calls: IssuerCalls = {
    issue: jest.fn<Issue>(() => {
      count += 1;
      return keyOf(`key-${count}`, Math.floor(nowMs() / 1_000) + lifetimeSeconds);
    }),
    revoke: jest.fn<Revoke>(),
  };
  @Injectable()
  @PlaygroundKeysFor(...tenantIds)
  class Issuer implements PlaygroundKeyIssuer {
    issue = calls.issue;
    revoke = calls.revoke;
  }
  return { Issuer, calls };
}

export const keyOf = (value: string, expiresAt: number): PlaygroundKey => ({
  in: 'header',
  name: KEY_HEADER,
  value,
  expiresAt,
});

/** A store that several apps share, with all that was ever written to it. */
export class SharedKeyStore implements PlaygroundKeyStore {
  readonly records = new Map<string, string>();
  readonly written: string[] = [];

  read(id: string): Promise<string | undefined> {
    return Promise.resolve(this.records.get(id));
  }

  write(id: string, record: string, expiresAt: number): Promise<void> {
    this.records.set(id, record);
    this.written.push(id, record, String(expiresAt));
    return Promise.resolve();
  }
}
