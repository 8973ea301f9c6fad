import { isAdmin } from '../accounts/account.js';
import type { Account } from '../accounts/account.js';
import type { BackendConfig } from '../config/backend-config.js';
import type { TenantDocs } from '../tenants/tenant-docs.js';

/** What the template `home.eta` shows to a logged-in visitor. */
export interface VisitorOnHomePage extends Account {
  isAdmin: boolean;
  docsUrl: string;
  hasPrivateDocs: boolean;
  /** Whether this page can search the docs. */
  canSearch: boolean;
}

/** What the template `home.eta` shows. */
export interface HomePage {
  title: string;
  docsUrl: string;
  privateDocsUrl: string;
  sessionDocsUrl: string;
  oauthDocsUrl: string;
  consoleUrl: string;
  consoleDocsUrl: string;
  visitor: VisitorOnHomePage | undefined;
}

/** The model of the front page. */
export function homePage(config: BackendConfig, visitor?: VisitorOnHomePage): HomePage {
  const { docsSites, sessionDocsUrl, oauthDocsUrl, consoleUrl, consoleDocs } = config;
  return {
    title: 'Acme Cloud',
    docsUrl: docsSites.personalization.url,
    privateDocsUrl: docsSites.authentication.url,
    sessionDocsUrl,
    oauthDocsUrl,
    consoleUrl,
    consoleDocsUrl: consoleDocs.url,
    visitor,
  };
}

/** What the front page shows about a visitor and the docs of their tenant. */
export function visitorOnHomePage(
  account: Account,
  docs: TenantDocs,
  { docsSites }: Pick<BackendConfig, 'docsSites'>,
): VisitorOnHomePage {
  return {
    ...account,
    isAdmin: isAdmin(account),
    docsUrl: docs.url,
    hasPrivateDocs: docs.mode === 'authentication',
    canSearch: docs.url === docsSites[docs.mode].url && docsSites[docs.mode].discovery !== undefined,
  };
}
