import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MintlifyPersonalizationModule } from '../mintlify-personalization.module.js';
import type { DocsMode } from '../ports/docs-site.js';

/** One docs site, as an app would configure it. */
export interface OfflineSite {
  readonly docsUrl: string;
  readonly mode: DocsMode;
  readonly signingKey: string;
  readonly keyId: string | undefined;
}

/**
 * The library as an app has it, with no routes: what is signed here is signed as it is there, and a wrong option or key is
 * told in the same words.
 *
 * @throws MintlifyPersonalizationError
 */
export function openSigning(site: OfflineSite): Promise<INestApplicationContext> {
  const module = MintlifyPersonalizationModule.forRoot({ ...site, handshakes: { jwt: false } });
  // Its errors are told by the command, in one line.
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}
