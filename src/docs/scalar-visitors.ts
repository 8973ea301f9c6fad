import type { ScalarLookupContext, WebhookApp } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { deriveUnusedScalarSecret } from './derived-secrets.js';

/** The secret of SCALAR_USER_INFO_SECRET. */
export function readScalarSecrets(app: WebhookApp): string[] {
  const { scalarSecret, sessionSecret } = app.get<BackendConfig>(BACKEND_CONFIG);
  return [scalarSecret ?? deriveUnusedScalarSecret(sessionSecret)];
}

/** The same principal as a session gives: of the account with this email address, which Scalar has verified. */
export async function findScalarPrincipal(
  email: string,
  { get }: ScalarLookupContext,
): Promise<SessionPrincipal | undefined> {
  const accounts = get<AccountsRepository>(AccountsRepository);
  const credentials = await accounts.findCredentials(email);
  const account = credentials && (await accounts.findAccount(credentials.accountId));
  return account && { accountId: account.id, tenantId: account.tenantId };
}
