import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A car that carries a medallion. */
@Entity('vehicles')
@Unique('uq_vehicles_plate', ['plate'])
export class Vehicle {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_vehicles',
  })
  id!: number;

  @Column('text')
  plate!: string;
}
