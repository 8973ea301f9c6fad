import { Controller, Get, Inject, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MetricsGuard } from './metrics.guard.js';
import { METERS } from './meters.js';
import type { Meters } from './meters.js';

/** What this process measures. */
@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  constructor(@Inject(METERS) private readonly meters: Meters) {}

  /** All of it, in the text format of Prometheus. */
  @Get()
  read(@Req() request: Request, @Res() response: Response): void {
    this.meters.reply(request, response);
  }
}
