import { IsString } from 'class-validator';

/** What the docs know about a visitor of a tenant that shares no last names. */
export class CompanyContent {
  @IsString() firstName!: string;
  @IsString() company!: string;
  @IsString() plan!: string;
}

/** What the docs know about a visitor. */
export class AccountContent extends CompanyContent {
  @IsString() lastName!: string;
}
