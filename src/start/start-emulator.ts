import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import { exportPublicJwk } from 'nestjs-mintlify-personalization';
import type { BackendConfig } from '../config/backend-config.js';
import type { TenantKeysRepository } from '../tenants/tenant-keys-repository.js';
import type { DocsSitePlan } from './docs-sites-config.js';
import { isListenError, portError } from './reserve-ports.js';

/**
 * Starts the emulator of a docs site. It loads the tenants' public keys from the database at each login, so a rotation
 * takes effect at once.
 *
 * @throws {StartError} if the port cannot be used
 */
export async function startEmulator(
  { mode, portVariable, port, directory }: DocsSitePlan,
  { publicUrl, docsSites }: BackendConfig,
  keys: TenantKeysRepository,
): Promise<DocsEmulator> {
  const { signingKey, hasTenantKeys, discovery } = docsSites[mode];
  const siteKey = await exportPublicJwk(signingKey, mode);
  const publicKeys = async () => [siteKey, ...(hasTenantKeys ? await keys.findAccepted(mode) : [])];
  try {
    return await startDocsEmulator({
      mode,
      port,
      directory,
      publicKeys,
      loginUrl: `${publicUrl}/docs-login`,
      ...(discovery && { discovery }),
    });
  } catch (error) {
    throw isListenError(error) ? portError(portVariable, port, error) : error;
  }
}
