import { INTERNAL_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { renderLoginPage } from './login-template.js';
import type { Reply } from './reply.js';

/**
 * Answers the OAuth callback page. Only the browser reads its query: the server never uses the code.
 *
 * @throws SiteError when docs.json cannot be read.
 * @example
 * sendReply(response, await answerOAuthCallback(context));
 */
export async function answerOAuthCallback(context: EmulatorContext): Promise<Reply> {
  const { basePath, handshake } = context;
  const site = await context.sites.read();
  const body = renderLoginPage(
    { kind: 'oauth-callback', choices: [], retryHref: `${basePath}/` },
    {
      siteName: site.name,
      colors: site.colors,
      icon: site.favicon && basePath + site.favicon,
      client: `${basePath}${INTERNAL_PATH}/client`,
      sessionPath: `${basePath}${INTERNAL_PATH}/session`,
      basePath,
      handshake,
    },
  );
  return { status: 200, type: 'text/html; charset=utf-8', body };
}
