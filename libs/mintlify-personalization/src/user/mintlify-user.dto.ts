import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsPositive, Matches, Max, ValidateNested } from 'class-validator';
import { DEFAULT_USER_LIMITS } from '../options/app-options.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { ApiPlaygroundInputsDto } from './api-playground-inputs.dto.js';
import { MAX_EXPIRY_SECONDS } from './expiry.js';
import { refuseCredentials } from './text-rules.js';
import { HoldsWholeCharacters, IfPresent, IsJsonObject, IsRecord, MaxKeys } from './user-decorators.js';

/**
 * Mintlify's `User`, as a class for class-validator: in a `ValidationPipe`, in tests, in OpenAPI schemas.
 *
 * It has the rules of each field, with the default limits. {@link MintlifyUserValidator} also checks what depends on the
 * time (`expiresAt` is in the future) and on the whole user (number of values and bytes). Every user is checked by it
 * before signing. `host` is missing because the library sets it.
 *
 * @example
 * ```ts
 * const user = plainToInstance(MintlifyUserDto, JSON.parse(text));
 * const errors = await validate(user, { whitelist: true, forbidNonWhitelisted: true });
 * ```
 */
export class MintlifyUserDto implements MintlifyUser {
  /** How long the docs keep the data: whole **seconds** since the epoch. */
  @IfPresent()
  @IsInt()
  @IsPositive()
  @Max(MAX_EXPIRY_SECONDS, {
    message: 'expiresAt looks like milliseconds, but must be seconds since the epoch',
  })
  expiresAt?: number;

  /** Matched against `groups` in the pages' front matter: up to 1,000 strings of 1 to 256 characters. */
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(DEFAULT_USER_LIMITS.maxGroups)
  @Matches(new RegExp(`^[^]{1,${DEFAULT_USER_LIMITS.maxGroupLength}}$`), {
    each: true,
    message: `each value in groups must be a string of 1 to ${DEFAULT_USER_LIMITS.maxGroupLength} characters`,
  })
  @HoldsWholeCharacters()
  groups?: string[];

  /** The `user` variable in the pages. Readable by every script on the docs: no secrets. Up to 100 keys. */
  @IfPresent()
  @IsJsonObject(refuseCredentials)
  @MaxKeys(DEFAULT_USER_LIMITS.maxContentKeys)
  content?: Record<string, unknown>;

  /** Prefills the API playground. */
  @IfPresent()
  @IsRecord()
  @ValidateNested()
  @Type(() => ApiPlaygroundInputsDto)
  apiPlaygroundInputs?: ApiPlaygroundInputsDto;
}
