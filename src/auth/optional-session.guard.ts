import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';

/** Allows every visitor, and puts a `SessionPrincipal` on `request.user` if there is a session. */
@Injectable()
export class OptionalSessionGuard extends AuthGuard('jwt') {
  /** Returns the user, or `false` for an anonymous visitor. An error (no database) is still thrown. */
  override handleRequest<User>(error: Error | null, user: User): User {
    if (error) throw error;
    return user;
  }
}
