import { Inject, Injectable } from '@nestjs/common';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import { API_KEY_HEADER } from '../api-keys/api-key.js';
import { ApiKeysRepository } from '../api-keys/api-keys-repository.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';

/** What the API playground of the docs is filled with: the same for visitors of all tenants, except for their keys. */
@Injectable()
export class PlaygroundInputs {
  constructor(
    @Inject(ApiKeysRepository) private readonly keys: ApiKeysRepository,
    @Inject(BACKEND_CONFIG) private readonly config: Pick<BackendConfig, 'publicUrl'>,
  ) {}

  /**
   * The visitor's own key, and the port of this backend. The names are those of the security scheme and the server
   * variable in `docs/acme-api.json`.
   */
  async of(accountId: string): Promise<NonNullable<MintlifyUser['apiPlaygroundInputs']>> {
    const { port, protocol } = new URL(this.config.publicUrl);
    return {
      header: { [API_KEY_HEADER]: await this.keys.getKey(accountId) },
      server: { port: port || (protocol === 'https:' ? '443' : '80') },
    };
  }
}
