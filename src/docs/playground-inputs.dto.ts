import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { API_KEY_HEADER } from '../api-keys/api-key.js';

class HeaderInputs {
  @IsString() readonly [API_KEY_HEADER]!: string;
}

class ServerInputs {
  @IsString() port!: string;
}

/** What the API playground is filled with. Without the header if no key could be issued. */
export class PlaygroundInputsDto {
  @IsOptional() @ValidateNested() @Type(() => HeaderInputs) header?: HeaderInputs;
  @ValidateNested() @Type(() => ServerInputs) server!: ServerInputs;
}
