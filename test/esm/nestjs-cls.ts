/** Stands for `nestjs-cls` in tests: `bundle.transform.js` puts the package itself in the place of these names. */
export { ClsModule, ClsService } from 'nestjs-cls';
