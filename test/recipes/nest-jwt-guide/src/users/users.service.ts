import { Injectable } from '@nestjs/common';

export interface User {
  userId: number;
  username: string;
  password: string;
  firstName: string;
  roles: string[];
}

@Injectable()
export class UsersService {
  private readonly users: User[] = [
    { userId: 1, username: 'ada', password: 'changeme', firstName: 'Ada', roles: ['admin'] },
  ];

  async findOne(username: string): Promise<User | undefined> {
    return this.users.find((user) => user.username === username);
  }
}
