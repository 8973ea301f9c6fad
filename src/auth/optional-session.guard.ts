import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';

/** Lets everybody pass, and puts a `SessionPrincipal` on `request.user` where there is a session. */
@Injectable()
export class OptionalSessionGuard extends AuthGuard('jwt') {
  /** Gives the user, or `false` for an anonymous visitor; a broken login (the database is away) stays an error. */
  override handleRequest<User>(error: Error | null, user: User): User {
    if (error) throw error;
    return user;
  }
}
