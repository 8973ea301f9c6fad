import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { BackendConfig } from '../config/backend-config.js';
import type { Settings } from '../config/read-settings.js';
import { DOCS_CLIENT_ID, OAUTH_PATH, USER_INFO_PATH, USER_INFO_SCOPE } from '../oauth/oauth-constants.js';
import { isListenError, portError } from './reserve-ports.js';

/** How docs that ask by themselves who the visitor is are to be had: at a URL, or without one from an emulator. */
export interface UserInfoDocsPlan {
  handshake: 'shared-session' | 'oauth';
  portVariable: string;
  port: number;
  url?: string;
  /** The folder that an emulator shows. */
  directory: string;
}

/** The docs by shared session, then those by OAuth, as the settings ask for them. */
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

/** Where browsers find the docs. */
export function urlOf({ url, port }: UserInfoDocsPlan): string {
  return url ?? `http://localhost:${port}`;
}

/**
 * Starts the emulator of such docs, with the settings that would be typed into the Mintlify dashboard.
 *
 * @throws {StartError} when the port cannot be had
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
