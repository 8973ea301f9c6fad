import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsPositive, Matches, Max, ValidateNested } from 'class-validator';
import { DEFAULT_USER_LIMITS } from '../options/resolved-options.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { ApiPlaygroundInputsDto } from './api-playground-inputs.dto.js';
import { MAX_EXPIRY_SECONDS } from './expiry.js';
import { refuseCredentials } from './text-rules.js';
import { HoldsWholeCharacters, IfPresent, IsJsonObject, IsRecord, MaxKeys } from './user-decorators.js';

/**
 * Mintlify's `User`, as a class for class-validator: in a `ValidationPipe`, in tests, in OpenAPI schemas.
 *
 * It states the rules of each field, with the default limits. What depends on the time (`expiresAt` lies
 * ahead) and on the whole (values and bytes in all) is held by {@link MintlifyUserValidator}, through which
 * every user passes before it is signed. `host` is not here: the library sets it.
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
    message: 'expiresAt looks like milliseconds, and must be seconds since the epoch',
  })
  expiresAt?: number;

  /** Matched against `groups` in the pages' front matter: up to 1,000 texts of 1 to 256 characters. */
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(DEFAULT_USER_LIMITS.maxGroups)
  @Matches(new RegExp(`^[^]{1,${DEFAULT_USER_LIMITS.maxGroupLength}}$`), {
    each: true,
    message: `each value in groups must be a text of 1 to ${DEFAULT_USER_LIMITS.maxGroupLength} characters`,
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
