export { createSession } from '../../support/sessions.support.js';
