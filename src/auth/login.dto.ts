import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** The posted login form. */
export class LoginDto {
  /** An email address. Postgres has no NUL character, and no address holds a control character. */
  @IsString()
  @MaxLength(254)
  @Matches(/^\P{Cc}*$/u)
  email!: string;

  /** The password, as typed. The limit keeps hashing cheap. */
  @IsString()
  @MaxLength(1_024)
  password!: string;

  /** Where to go afterwards; see `returnPath`. */
  @IsOptional()
  @IsString()
  @MaxLength(4_096)
  returnTo?: string;
}
