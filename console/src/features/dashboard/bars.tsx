import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import { formatDollars } from '../../shared/format';

interface BarsProps {
  readonly label: string;
  readonly data: readonly Readonly<Record<string, string>>[];
  /** The field that names a bar */
  readonly by: string;
  readonly series: readonly { readonly name: string; readonly label: string; readonly color: string }[];
  readonly stacked?: boolean;
}

/** The marks of the axis alone: "$1.5K". */
const AXIS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
});

/** Loaded when first drawn. Heights are pixels, so here alone amounts become numbers; what is written stays a string. */
export function Bars({ label, data, by, series, stacked = false }: BarsProps): ReactNode {
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={240}
        data={data.map((row) => ({
          ...row,
          ...Object.fromEntries(series.map(({ name }) => [name, parseFloat(row[name] ?? '0')])),
        }))}
        dataKey={by}
        type={stacked ? 'stacked' : 'default'}
        series={series.map((one) => ({ ...one }))}
        valueFormatter={(value) => formatDollars(value.toFixed(2))}
        xAxisProps={{ interval: 'equidistantPreserveStart' }}
        yAxisProps={{ width: 64, tickFormatter: (value: number) => AXIS.format(value) }}
        // the table is what a keyboard and a screen reader get: three charts are no stops on the way
        accessibilityLayer={false}
        withLegend={series.length > 1}
        legendProps={{ verticalAlign: 'bottom', height: 28 }}
        tickLine="none"
        gridAxis="x"
        barProps={{ isAnimationActive: false, radius: 2 }}
        maxBarWidth={38}
      />
    </div>
  );
}
