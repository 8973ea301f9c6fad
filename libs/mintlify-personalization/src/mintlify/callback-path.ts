/** @internal Where private docs take a token (`spec/handshakes.md`, section 3). */
export const CALLBACK_PATH = '/login/jwt-callback';
