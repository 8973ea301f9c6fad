import type { IncomingMessage } from 'node:http';
import { readPlaygroundSettings } from '../relay/playground-settings.js';
import { operationFor } from '../relay/visible-operation.js';
import type { Visitor } from '../shared/visitor-types.js';
import { INPUTS_PATH, RELAY_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { answerInputs } from './inputs-endpoint.js';
import { RelayEndpoint } from './relay-endpoint.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';

/**
 * The endpoints of the playground: the relay, and what all operations ask for.
 *
 * @example
 * const playground = new PlaygroundEndpoints(context);
 * const reply = await playground.answer(request, '/_emulator/relay', visitor);
 */
export class PlaygroundEndpoints {
  private readonly relay = new RelayEndpoint();

  constructor(private readonly context: Pick<EmulatorContext, 'mode' | 'sites' | 'address'>) {}

  /**
   * Answers a request; `undefined` if the path is of no endpoint here.
   *
   * @param visitor absent if anonymous, or known only to the browser.
   */
  async answer(
    request: IncomingMessage,
    path: string | undefined,
    visitor: Visitor | undefined,
  ): Promise<Reply | undefined> {
    const { address, sites } = this.context;
    if (path === RELAY_PATH) {
      return this.relay.answer(request, {
        address,
        settings: async (page) => {
          const { settings } = await sites.read();
          const found = await sites.findPage(encodeURI(page));
          return readPlaygroundSettings(settings, found?.page.frontMatter.playground);
        },
        findOperation: (page) => operationFor(this.context, page, visitor),
      });
    }
    if (path !== INPUTS_PATH) return undefined;
    return request.method === 'GET' || request.method === 'HEAD'
      ? answerInputs(this.context, visitor)
      : textReply(405, 'Only GET and HEAD are allowed.', { allow: 'GET, HEAD' });
  }
}
