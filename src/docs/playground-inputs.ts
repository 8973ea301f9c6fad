import { Inject, Injectable } from '@nestjs/common';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';

/** What the API playground of the docs is filled with for every visitor. Their keys come from `ApiKeyIssuer`. */
@Injectable()
export class PlaygroundInputs {
  /** The port of this backend: the server variable in `docs/acme-api.json`. */
  readonly inputs: NonNullable<MintlifyUser['apiPlaygroundInputs']>;

  constructor(@Inject(BACKEND_CONFIG) { publicUrl }: Pick<BackendConfig, 'publicUrl'>) {
    const { port, protocol } = new URL(publicUrl);
    this.inputs = { server: { port: port || (protocol === 'https:' ? '443' : '80') } };
  }
}
