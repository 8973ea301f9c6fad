export { AuthModule } from './auth.module';
export type { Account } from './account';
export { PlansService } from './plans.service';
