export { AuthModule } from './auth.module';
export type { Account } from './account';
