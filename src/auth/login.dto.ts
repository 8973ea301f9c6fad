import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** The posted login form. */
export class LoginDto {
  /** An email address, without control characters: no address has one, and Postgres rejects NUL. */
  @IsString()
  @MaxLength(254)
  @Matches(/^\P{Cc}*$/u)
  email!: string;

  /** The password, as typed. The limit keeps hashing cheap. */
  @IsString()
  @MaxLength(1_024)
  password!: string;

  /** Where to go after the login; see `returnPath`. */
  @IsOptional()
  @IsString()
  @MaxLength(4_096)
  returnTo?: string;
}
