import type { Server, ServerResponse } from 'node:http';

/** How long what was begun may take at most. Platforms kill a process ten seconds after they asked it to end, or later. */
const LIMIT_MS = 8_000;

/**
 * Lets a server end what it has begun. Closing it is not enough: a connection that is kept open goes on bringing
 * requests, and the server with it.
 */
export class ServerDrain {
  private readonly answering = new Set<ServerResponse>();
  private isDraining = false;

  /** To be made before the server listens: it has to know what is being answered. */
  constructor(private readonly server: Server) {
    server.prependListener('request', (_request, response: ServerResponse) => {
      this.answering.add(response);
      response.once('close', () => this.answering.delete(response));
      if (this.isDraining) response.setHeader('Connection', 'close');
    });
  }

  /** Takes no more connections, answers what has come, and hangs up after each answer. */
  async drain(): Promise<void> {
    if (!this.server.listening) return;
    this.isDraining = true;
    const limit = setTimeout(() => this.server.closeAllConnections(), LIMIT_MS);
    // Idle connections are closed at once.
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const response of this.answering) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    await closed;
    clearTimeout(limit);
  }
}
