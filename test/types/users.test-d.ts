import { expectTypeOf } from 'expect-type';
import type {
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
  ApiPlaygroundInputs,
  ApiPlaygroundInputsDto,
  ClaimMapper,
  ClaimMappingContext,
  DocsSite,
  IdentityService,
  MintlifyErrorCode,
  MintlifySigningService,
  MintlifyUser,
  MintlifyUserDto,
  MintlifyUserValidator,
  TokenSigner,
  ValidMintlifyUser,
} from 'nestjs-mintlify-personalization';

interface Account {
  readonly id: string;
}

// A DTO is a user, and a user fills a DTO.
expectTypeOf<MintlifyUserDto>().toExtend<MintlifyUser>();
expectTypeOf<MintlifyUser>().toExtend<MintlifyUserDto>();
expectTypeOf<ApiPlaygroundInputsDto>().toExtend<ApiPlaygroundInputs>();
expectTypeOf<ApiPlaygroundInputs>().toExtend<ApiPlaygroundInputsDto>();
expectTypeOf<keyof MintlifyUserDto>().toEqualTypeOf<keyof MintlifyUser>();
expectTypeOf<keyof ApiPlaygroundInputsDto>().toEqualTypeOf<keyof ApiPlaygroundInputs>();

// The format of a user, and what does not belong to it.
expectTypeOf<{}>().toExtend<MintlifyUser>();
expectTypeOf<{ expiresAt: Date }>().not.toExtend<MintlifyUser>();
expectTypeOf<{ groups: number[] }>().not.toExtend<MintlifyUser>();
expectTypeOf<{ groups: null }>().not.toExtend<MintlifyUser>();
expectTypeOf<{ apiPlaygroundInputs: { server: { port: number } } }>().not.toExtend<MintlifyUser>();
expectTypeOf<keyof MintlifyUser>().toEqualTypeOf<
  'expiresAt' | 'groups' | 'content' | 'apiPlaygroundInputs'
>();
// @ts-expect-error -- the library sets the host itself
export const withHost: MintlifyUser = { host: 'docs.foo.com' };
// @ts-expect-error -- the library sets the expiry of the token itself
export const withExpiry: MintlifyUser = { exp: 5 };

// A user that was checked is a user, with its expiry filled in, and no one makes or changes one.
expectTypeOf<ValidMintlifyUser>().toExtend<MintlifyUser>();
expectTypeOf<ValidMintlifyUser['expiresAt']>().toEqualTypeOf<number>();
expectTypeOf<MintlifyUser>().not.toExtend<ValidMintlifyUser>();
expectTypeOf<{ expiresAt: number }>().not.toExtend<ValidMintlifyUser>();

// A mapper of one principal, at once or later.
expectTypeOf<ClaimMapper<Account>['map']>().parameter(0).toEqualTypeOf<Account>();
expectTypeOf<ClaimMapper['map']>().parameter(0).toBeUnknown();
expectTypeOf<ClaimMapper['map']>().parameter(1).toEqualTypeOf<ClaimMappingContext>();
expectTypeOf<ClaimMapper['map']>().returns.toEqualTypeOf<MintlifyUser | Promise<MintlifyUser>>();
expectTypeOf<{ map: (account: Account) => { groups: string[] } }>().toExtend<ClaimMapper<Account>>();
expectTypeOf<{ map: () => Promise<{ content: { a: 1 } }> }>().toExtend<ClaimMapper<Account>>();
expectTypeOf<{ map: () => MintlifyUserDto }>().toExtend<ClaimMapper<Account>>();
expectTypeOf<{ map: () => { groups: string } }>().not.toExtend<ClaimMapper<Account>>();
expectTypeOf<{ map: () => undefined }>().not.toExtend<ClaimMapper<Account>>();
expectTypeOf<{ toUser: () => MintlifyUser }>().not.toExtend<ClaimMapper<Account>>();
expectTypeOf<ClaimMappingContext>().toEqualTypeOf<{
  readonly tenantId?: string;
  readonly site: DocsSite;
  readonly request: unknown;
  readonly signal: AbortSignal;
}>();

// The services.
expectTypeOf<MintlifyUserValidator['validate']>().toEqualTypeOf<(user: unknown) => ValidMintlifyUser>();
expectTypeOf<IdentityService['identify']>().returns.resolves.toEqualTypeOf<ValidMintlifyUser>();
expectTypeOf<MintlifySigningService['sign']>().toBeCallableWith({ groups: ['a'] });
expectTypeOf<MintlifySigningService['sign']>().returns.resolves.toBeString();
expectTypeOf<MintlifySigningService['createRedirectUrl']>().toBeCallableWith(
  {},
  { redirect: ['/a'], anchor: 'b' },
);
expectTypeOf<MintlifySigningService['createRedirectUrl']>().returns.resolves.toBeString();

// A signer, which answers at once or later.
expectTypeOf<{ algorithm: 'ES256'; sign: () => Uint8Array }>().toExtend<TokenSigner>();
expectTypeOf<{ algorithm: 'ES256'; sign: () => Promise<Buffer> }>().toExtend<TokenSigner>();
expectTypeOf<{ algorithm: 'ES256'; sign: () => string }>().not.toExtend<TokenSigner>();
expectTypeOf<{ algorithm: 'RS256'; sign: () => Uint8Array }>().not.toExtend<TokenSigner>();

// Errors tell their code, which is one of a list.
expectTypeOf<MintlifyPersonalizationError['code']>().toEqualTypeOf<MintlifyErrorCode>();
expectTypeOf<InvalidMintlifyUserError>().toExtend<MintlifyPersonalizationError>();
expectTypeOf<string>().not.toExtend<MintlifyErrorCode>();
