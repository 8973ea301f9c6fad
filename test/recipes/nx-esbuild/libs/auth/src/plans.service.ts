import { Injectable } from '@nestjs/common';

/** In the place of a billing service. */
@Injectable()
export class PlansService {
  planOf(accountId: string): string {
    return accountId === 'ada' ? 'enterprise' : 'free';
  }
}
