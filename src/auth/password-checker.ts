import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import { hashPassword, verifyPassword } from './password-hash.js';

/** Checks an email and a password. */
@Injectable()
export class PasswordChecker implements OnModuleInit {
  private decoyHash = '';

  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Hashes a random password, to compare with when the email is unknown. */
  async onModuleInit(): Promise<void> {
    this.decoyHash = await hashPassword(randomUUID());
  }

  /**
   * The id of the account, or `undefined` when the email or password is wrong. An unknown email takes as long as a
   * wrong password, so that the response time does not reveal which accounts exist.
   */
  async check(email: string, password: string): Promise<string | undefined> {
    const credentials = await this.accounts.findCredentials(email);
    const isRight = await verifyPassword(credentials?.passwordHash ?? this.decoyHash, password);
    return isRight ? credentials?.accountId : undefined;
  }
}
