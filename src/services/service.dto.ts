import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { REGIONS } from './service.js';
import type { Region } from './service.js';

/** The query of `GET /api/services`. */
export class ListServicesDto {
  /** Lists the services of one region. */
  @IsOptional()
  @IsIn(REGIONS)
  region?: Region;
}

/** The body of `POST /api/services`. */
export class NewServiceDto {
  /** Lowercase letters, digits and hyphens: at most 40. */
  @IsString()
  @Matches(/^[a-z][a-z\d-]{0,39}$/, {
    message: 'name must start with a lowercase letter, and have at most 40 letters, digits and hyphens',
  })
  name!: string;

  /** Where the service runs. */
  @IsIn(REGIONS)
  region!: Region;
}
