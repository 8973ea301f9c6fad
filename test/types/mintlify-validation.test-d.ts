import type { UserInfo } from '@mintlify/validation';
import { expectTypeOf } from 'expect-type';
import type { ApiPlaygroundInputs, MintlifyUser, MintlifyUserDto } from 'nestjs-mintlify-personalization';

// Mintlify publishes the type of what its docs take. A change of it on their side is an error here.
type MintlifyInputs = NonNullable<UserInfo['apiPlaygroundInputs']>;

// What this library sends is what the docs take, and what the docs take can be sent.
expectTypeOf<MintlifyUser>().toExtend<UserInfo>();
expectTypeOf<UserInfo>().toExtend<MintlifyUser>();
expectTypeOf<MintlifyUserDto>().toExtend<UserInfo>();
expectTypeOf<UserInfo>().toExtend<MintlifyUserDto>();

// All fields are optional, so that a renamed one would still be assignable: their names are the same, too.
expectTypeOf<keyof MintlifyUser>().toEqualTypeOf<keyof UserInfo>();
expectTypeOf<keyof ApiPlaygroundInputs>().toEqualTypeOf<keyof MintlifyInputs>();
expectTypeOf<Required<MintlifyUser>['expiresAt']>().toEqualTypeOf<Required<UserInfo>['expiresAt']>();
expectTypeOf<Required<MintlifyUser>['groups']>().toEqualTypeOf<Required<UserInfo>['groups']>();
expectTypeOf<Required<MintlifyUser>['content']>().toEqualTypeOf<Required<UserInfo>['content']>();
expectTypeOf<Required<ApiPlaygroundInputs>>().toEqualTypeOf<Required<MintlifyInputs>>();
