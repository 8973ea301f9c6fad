import { InternalServerErrorException } from '@nestjs/common';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  validate,
  ValidateNested,
} from 'class-validator';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';

class PeerPlaygroundInputsDto {
  @IsOptional()
  @IsObject()
  header?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  query?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  cookie?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  path?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  server?: Record<string, string>;
}

/** The User format, with only the built-in rules of class-validator. */
class PeerUserDto {
  @IsOptional()
  @IsInt()
  @IsPositive()
  expiresAt?: number;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  groups?: string[];

  @IsOptional()
  @IsObject()
  content?: Record<string, unknown>;

  @IsOptional()
  @ValidateNested()
  @Type(() => PeerPlaygroundInputsDto)
  apiPlaygroundInputs?: PeerPlaygroundInputsDto;
}

/**
 * Validates a user with {@link PeerUserDto} and returns it.
 *
 * @throws InternalServerErrorException if it breaks a rule or has an unknown property
 */
export async function checkPeerUser(user: MintlifyUser): Promise<MintlifyUser> {
  const errors = await validate(plainToInstance(PeerUserDto, user), {
    whitelist: true,
    forbidNonWhitelisted: true,
  });
  if (errors.length > 0) throw new InternalServerErrorException();
  return user;
}
