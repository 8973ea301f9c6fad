import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { BackendConfig } from '../config/backend-config.js';
import type { Settings } from '../config/read-settings.js';
import { DOCS_CLIENT_ID, OAUTH_PATH, USER_INFO_PATH, USER_INFO_SCOPE } from '../oauth/oauth-constants.js';
import { isListenError, portError } from './reserve-ports.js';

/** How to provide docs that call the user-info API: hosted at a URL, or else by an emulator on a port. */
export interface UserInfoDocsPlan {
  handshake: 'shared-session' | 'oauth';
  portVariable: string;
  port: number;
  url?: string;
  /** The docs folder for the emulator. */
  directory: string;
}

/** The shared-session docs, then the OAuth docs, according to the settings. */
export function planUserInfoDocs(settings: Settings): [UserInfoDocsPlan, UserInfoDocsPlan] {
  return [
    {
      handshake: 'shared-session',
      portVariable: 'SESSION_DOCS_PORT',
      port: settings.sessionDocsPort,
      url: settings.sessionDocsUrl,
      directory: settings.docsDirectory,
    },
    {
      handshake: 'oauth',
      portVariable: 'OAUTH_DOCS_PORT',
      port: settings.oauthDocsPort,
      url: settings.oauthDocsUrl,
      directory: settings.docsDirectory,
    },
  ];
}

/** The URL of the docs in the browser. */
export function urlOf({ url, port }: UserInfoDocsPlan): string {
  return url ?? `http://localhost:${port}`;
}

/**
 * Starts the emulator of such docs with the settings that you would enter in the Mintlify dashboard.
 *
 * @throws {StartError} if the port cannot be used
 */
export async function startUserInfoEmulator(
  { handshake, portVariable, port, directory }: UserInfoDocsPlan,
  { publicUrl }: BackendConfig,
): Promise<DocsEmulator> {
  try {
    if (handshake === 'shared-session') {
      const infoApiUrl = `${publicUrl}/docs/user-info`;
      return await startDocsEmulator({
        port,
        directory,
        loginUrl: `${publicUrl}/login`,
        handshake: { type: handshake, infoApiUrl },
      });
    }
    return await startDocsEmulator({
      port,
      directory,
      handshake: {
        type: handshake,
        authorizationUrl: `${publicUrl}${OAUTH_PATH}/auth`,
        clientId: DOCS_CLIENT_ID,
        scopes: [USER_INFO_SCOPE],
        tokenUrl: `${publicUrl}${OAUTH_PATH}/token`,
        infoApiUrl: publicUrl + USER_INFO_PATH,
      },
    });
  } catch (error) {
    throw isListenError(error) ? portError(portVariable, port, error) : error;
  }
}
