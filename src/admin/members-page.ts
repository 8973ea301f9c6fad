import type { Account } from '../accounts/account.js';

/** The path of the members page. */
export const MEMBERS_PATH = '/admin/members';

/** More members would need a search. */
export const MAX_MEMBERS = 100;

/** What the template `members.eta` shows. */
export interface MembersPage {
  title: string;
  company: string;
  /** Why no visit was started. */
  problem: string | undefined;
  /** The other members of the tenant. */
  members: { id: string; name: string; email: string; roles: string }[];
}

/** The model of the members page of an administrator's own tenant. */
export function membersPage(
  { id: ownId, company }: Account,
  members: readonly Account[],
  problem?: string,
): MembersPage {
  return {
    title: 'Members',
    company,
    problem,
    members: members
      .filter(({ id }) => id !== ownId)
      .map(({ id, firstName, lastName, email, roles }) => ({
        id,
        name: `${firstName} ${lastName}`,
        email,
        roles: roles.join(', ') || 'none',
      })),
  };
}
