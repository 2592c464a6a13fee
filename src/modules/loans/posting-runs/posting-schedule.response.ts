import { ApiProperty } from '@nestjs/swagger';
import type { PostingScheduleView, ScheduledRunView } from './posting-run.view.js';

export class ScheduledRunResponse implements ScheduledRunView {
  @ApiProperty({ format: 'date', example: '2025-11-09' })
  week_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-15' })
  week_end!: string;

  @ApiProperty({ format: 'date-time', type: String, example: '2025-11-09T10:00:00.000Z' })
  at!: Date;
}

export class PostingScheduleResponse implements PostingScheduleView {
  @ApiProperty({ format: 'date', example: '2025-11-05', description: 'The current date of the service' })
  today!: string;

  @ApiProperty({ example: 'America/New_York', description: 'The time zone of `today`' })
  time_zone!: string;

  @ApiProperty({ description: 'The first week whose posting time has not come' })
  next_run!: ScheduledRunResponse;
}
