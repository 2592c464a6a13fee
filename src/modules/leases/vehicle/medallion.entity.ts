import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** The city's license to operate one yellow cab. */
@Entity('medallions')
@Unique('uq_medallions_medallion_number', ['medallionNumber'])
export class Medallion {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_medallions',
  })
  id!: number;

  @Column('text', { name: 'medallion_number' })
  medallionNumber!: string;
}
