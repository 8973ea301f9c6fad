/** Stands for `@nestjs/throttler` in tests: `bundle.transform.js` puts the package itself in the place of these names. */
export {
  SkipThrottle,
  Throttle,
  ThrottlerException,
  ThrottlerGuard,
  ThrottlerModule,
  ThrottlerStorage,
  ThrottlerStorageService,
} from '@nestjs/throttler';
