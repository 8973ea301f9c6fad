import type { expect } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { CLOCK, type Clock, type MintlifyUser, type SigningKey } from 'nestjs-mintlify-personalization';
import {
  createTestSigningKey,
  mintlifyMatchers,
  readDocsRedirect,
  verifyDocsToken,
  viewAs,
  type DocsRedirect,
  type DocsTokenClaims,
  type ExpectedVisitor,
  type FixedClock,
  type MintlifyMatchers,
  type VisitorChecks,
} from 'nestjs-mintlify-personalization/testing';

declare const answer: { headers: Record<string, string> };
const key = createTestSigningKey('authentication');

// What is made here is what the library takes.
expectTypeOf(key.privateKey).toExtend<SigningKey>();
expectTypeOf<FixedClock>().toExtend<Clock>();
expectTypeOf(CLOCK).toBeSymbol();
expectTypeOf<DocsTokenClaims>().toExtend<MintlifyUser>();

expectTypeOf(readDocsRedirect).toBeCallableWith('https://docs.foo.com/#a.b.c');
expectTypeOf(readDocsRedirect).toBeCallableWith(new Headers().get('location'));
expectTypeOf(readDocsRedirect).toBeCallableWith(answer.headers['location']);
expectTypeOf(readDocsRedirect).returns.toEqualTypeOf<DocsRedirect>();
expectTypeOf(verifyDocsToken).returns.resolves.toEqualTypeOf<DocsTokenClaims>();

expectTypeOf(viewAs).returns.resolves.toBeString();
expectTypeOf(viewAs).parameter(1).toExtend<{ actor: unknown; subject: string; reason?: string }>();

// The matchers, of `@jest/globals` and of the globals of `@types/jest`, once `/testing/jest` is imported.
type Assertion = ReturnType<typeof expect<unknown>>;
expectTypeOf<Assertion>().toExtend<MintlifyMatchers<void>>();
expectTypeOf<Assertion['not']>().toExtend<MintlifyMatchers<void>>();
expectTypeOf<Assertion['resolves']>().toExtend<MintlifyMatchers<Promise<void>>>();
expectTypeOf<jest.Matchers<void>>().toExtend<MintlifyMatchers<void>>();
expectTypeOf(mintlifyMatchers).toExtend<Parameters<typeof expect.extend>[0]>();
expectTypeOf<MintlifyMatchers<void>['toBeDocsRedirect']>().toEqualTypeOf<(page?: string | URL) => void>();
expectTypeOf<MintlifyMatchers['toIdentify']>().toEqualTypeOf<
  (visitor: ExpectedVisitor, checks?: VisitorChecks) => Promise<void>
>();
expectTypeOf<{ groups: string[]; content: unknown }>().toExtend<ExpectedVisitor>();
expectTypeOf(key).toExtend<VisitorChecks['key']>();

// What would be a mistake.
// @ts-expect-error -- not a field of a visitor
export const misspelt: ExpectedVisitor = { group: ['a'] };
// @ts-expect-error -- a mode that there is none of
createTestSigningKey('private');
