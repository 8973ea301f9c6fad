import { Inject, Injectable } from '@nestjs/common';
import { PlaygroundKeysFor } from 'nestjs-mintlify-personalization';
import type { PlaygroundKey, PlaygroundKeyIssuer } from 'nestjs-mintlify-personalization';
import { API_KEY_HEADER } from '../api-keys/api-key.js';
import { ApiKeysRepository } from '../api-keys/api-keys-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/** Gives the API playground of the docs a key of the visitor's own, which works for an hour, or until the logout. */
@Injectable()
@PlaygroundKeysFor()
export class ApiKeyIssuer implements PlaygroundKeyIssuer<SessionPrincipal> {
  constructor(@Inject(ApiKeysRepository) private readonly keys: ApiKeysRepository) {}

  /** The name is that of the security scheme in `docs/acme-api.json`. */
  async issue({ accountId }: SessionPrincipal): Promise<PlaygroundKey> {
    const { key, expiresAt } = await this.keys.create(accountId);
    return { in: 'header', name: API_KEY_HEADER, value: key, expiresAt };
  }

  /** Called at logout. */
  async revoke({ value }: PlaygroundKey): Promise<void> {
    await this.keys.delete(value);
  }
}
