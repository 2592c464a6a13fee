import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { TokensView } from './session.view.js';

export class TokensResponse implements TokensView {
  @ApiProperty({ description: 'Send it with each request, as `Authorization: Bearer <access_token>`' })
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds for which the access token is good', example: 900 })
  expires_in!: number;

  @ApiPropertyOptional({
    description:
      'Good for one `POST /auth/refresh`, which answers the next; not here where it is in the cookie',
  })
  refresh_token?: string;
}
