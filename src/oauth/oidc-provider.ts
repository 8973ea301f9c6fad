// The order matters: the first import runs before `oidc-provider` is loaded.
import { restoreWarnings } from './hide-runtime-warning.js';
import { errors, Provider } from 'oidc-provider';

restoreWarnings();

/** All imports of `oidc-provider` go through this file, so that it is loaded without its warning about Node 20. */
export { errors, Provider };
