import { expect, it } from '@jest/globals';
import {
  BadRequestException,
  Controller,
  Get,
  Injectable,
  Query,
  ValidationPipe,
  type PipeTransform,
} from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { IsIn } from 'class-validator';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';

const strict = () =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    errorHttpStatusCode: 422,
  });

/** Lets nothing pass: what reaches a pipe is refused. */
@Injectable()
class RefusingPipe implements PipeTransform {
  transform(): never {
    throw new BadRequestException('refused by the pipe');
  }
}

class ListQuery {
  @IsIn(['asc', 'desc'])
  order!: string;
}

@Controller('list')
class ListController {
  @Get()
  list(@Query() { order }: ListQuery): string {
    return order;
  }
}

const PIPES: [string, Pick<HostSetup, 'host' | 'configure'>, refusedWith: number][] = [
  ['a strict ValidationPipe', { configure: (app) => app.useGlobalPipes(strict()) }, 422],
  [
    'a strict ValidationPipe as APP_PIPE',
    { host: { providers: [{ provide: APP_PIPE, useFactory: strict }] } },
    422,
  ],
  ['one that refuses everything', { configure: (app) => app.useGlobalPipes(new RefusingPipe()) }, 400],
  [
    'one that refuses everything as APP_PIPE',
    { host: { providers: [{ provide: APP_PIPE, useClass: RefusingPipe }] } },
    400,
  ],
];

describeOnEveryHost('global pipes', ({ boot }) => {
  it.each(PIPES)('%s: the handshakes answer as ever', async (_, { host, configure }, refusedWith) => {
    const app = await boot({
      options: EVERY_HANDSHAKE,
      configure,
      host: { ...host, controllers: [ListController] },
    });
    await app.get('/list?order=asc&unknown=parameter').expect(refusedWith);
    expect(await askEveryHandshake(app, '', 'unknown=parameter')).toEqual(everyHandshakeAnswered());
  });
});
