import type { Server, ServerResponse } from 'node:http';

/** How long open requests may take. Platforms kill a process ten seconds or more after SIGTERM. */
const LIMIT_MS = 8_000;

/**
 * Lets a server finish its open requests before it stops. `server.close()` is not enough: keep-alive connections would
 * keep sending requests and keep the server open.
 */
export class ServerDrain {
  private readonly answering = new Set<ServerResponse>();
  private isDraining = false;

  /** Create it before the server listens, so that it sees every request. */
  constructor(private readonly server: Server) {
    server.prependListener('request', (_request, response: ServerResponse) => {
      this.answering.add(response);
      response.once('close', () => this.answering.delete(response));
      if (this.isDraining) response.setHeader('Connection', 'close');
    });
  }

  /** Accepts no new connections, finishes open requests, and closes each connection after its response. */
  async drain(): Promise<void> {
    if (!this.server.listening) return;
    this.isDraining = true;
    const limit = setTimeout(() => this.server.closeAllConnections(), LIMIT_MS);
    // This closes idle connections at once.
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const response of this.answering) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    await closed;
    clearTimeout(limit);
  }
}
