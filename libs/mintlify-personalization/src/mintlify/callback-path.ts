/** @internal The page of private docs that receives the token (`spec/handshakes.md`, section 3). */
export const CALLBACK_PATH = '/login/jwt-callback';
