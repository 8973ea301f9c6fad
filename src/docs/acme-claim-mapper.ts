import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor, defineVisitorSchema } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { AccountContent } from './account-content.dto.js';
import { PlaygroundInputsDto } from './playground-inputs.dto.js';
import { PlaygroundInputs } from './playground-inputs.js';

/** The docs groups of each role at Acme. A role that is not listed has no groups. */
const GROUPS_OF_ROLE = new Map([
  ['admin', ['admin', 'engineering']],
  ['engineering', ['engineering']],
  ['viewer', ['viewer']],
]);

/** Maps visitors from Acme to docs users. Their groups follow from their roles. */
@Injectable()
@ClaimMapperFor('acme')
export class AcmeClaimMapper implements ClaimMapper<SessionPrincipal> {
  static readonly visitorSchema = defineVisitorSchema({
    groups: [...GROUPS_OF_ROLE.values()].flat(),
    content: AccountContent,
    apiPlaygroundInputs: PlaygroundInputsDto,
  });

  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PlaygroundInputs) private readonly playground: PlaygroundInputs,
  ) {}

  /** Loads the account on each call, so that a change of roles or plan takes effect at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, lastName, company, plan, roles } = await this.accounts.getAccount(accountId);
    return {
      groups: [...new Set(roles.flatMap((role) => GROUPS_OF_ROLE.get(role) ?? []))],
      content: { firstName, lastName, company, plan },
      apiPlaygroundInputs: this.playground.inputs,
    };
  }
}
