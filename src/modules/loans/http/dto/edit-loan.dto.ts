import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** Null clears a field; a field that is left out stays. */
export class EditLoanDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 255, example: 'Transmission repair' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  purpose?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 5000 })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  notes?: string | null;
}
