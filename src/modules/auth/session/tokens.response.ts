import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { TokensView } from './session.view.js';

export class TokensResponse implements TokensView {
  @ApiProperty({ description: 'Send it with each request: `Authorization: Bearer <access_token>`' })
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ type: 'integer', description: 'The lifetime of the access token in seconds', example: 900 })
  expires_in!: number;

  @ApiPropertyOptional({
    description:
      'Valid for one `POST /auth/refresh`, which returns the next one; omitted if `session` is cookie',
  })
  refresh_token?: string;
}
