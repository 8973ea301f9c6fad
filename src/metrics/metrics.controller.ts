import { Controller, Get, Inject, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MetricsGuard } from './metrics.guard.js';
import { METERS } from './meters.js';
import type { Meters } from './meters.js';

/** The metrics of this process. */
@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  constructor(@Inject(METERS) private readonly meters: Meters) {}

  /** Answers with all metrics, in the text format of Prometheus. */
  @Get()
  read(@Req() request: Request, @Res() response: Response): void {
    this.meters.reply(request, response);
  }
}
