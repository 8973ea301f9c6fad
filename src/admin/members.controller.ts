import {
  Body,
  Controller,
  Get,
  HttpStatus,
  Inject,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { MintlifyPersonalizationError, MintlifySigningService } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { AdminFilter } from './admin.filter.js';
import { AdminGuard } from './admin.guard.js';
import { MAX_MEMBERS, MEMBERS_PATH, membersPage } from './members-page.js';
import type { MembersPage } from './members-page.js';

/** A request after {@link AdminGuard}. */
type AdminRequest = Request & { user: SessionPrincipal };

/** The status and the text for what an administrator can correct. All other errors are the backend's own. */
const PROBLEMS: ReadonlyMap<string, readonly [HttpStatus, string]> = new Map([
  ['view_as_invalid', [HttpStatus.BAD_REQUEST, 'Enter a reason of one line, with at most 500 characters.']],
  ['view_as_denied', [HttpStatus.FORBIDDEN, 'You cannot view the docs as this account.']],
]);

/**
 * The members of a tenant, for its administrators, who can view the docs as each of them. The tenant is always that of the
 * session.
 */
@Controller(MEMBERS_PATH)
@UseGuards(AdminGuard)
@UseFilters(AdminFilter)
export class MembersController {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(MintlifySigningService) private readonly signing: MintlifySigningService,
  ) {}

  /** The members page. */
  @Get()
  async show(@Req() request: AdminRequest, @Res() response: Response): Promise<void> {
    response.render('members', await this.pageOf(request));
  }

  /** Opens the docs as a member. Forms of other sites get 403 before this: see `usePages`. */
  @Post('view-as')
  async viewAs(
    @Req() request: AdminRequest,
    @Res() response: Response,
    @Body('subject') subject: string,
    @Body('reason') reason: string,
  ): Promise<void> {
    try {
      const url = await this.signing.createViewAsUrl(request.user, subject, { reason, request });
      // Not `redirect()`, which writes the URL into the body too.
      response.status(HttpStatus.SEE_OTHER).set({ Location: url, 'Referrer-Policy': 'no-referrer' }).end();
    } catch (error) {
      const problem = error instanceof MintlifyPersonalizationError ? PROBLEMS.get(error.code) : undefined;
      if (problem === undefined) throw error;
      const [status, text] = problem;
      response.status(status).render('members', await this.pageOf(request, text));
    }
  }

  private async pageOf({ user }: AdminRequest, problem?: string): Promise<MembersPage> {
    const { accountId, tenantId } = user;
    const account = await this.accounts.getAccount(accountId);
    return membersPage(account, await this.accounts.findMembers(tenantId, MAX_MEMBERS), problem);
  }
}
