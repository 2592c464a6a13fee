import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import { formatDollars } from '../../shared/format';

interface BarsProps {
  readonly label: string;
  readonly data: readonly Readonly<Record<string, string>>[];
  /** The field with the label of a bar */
  readonly by: string;
  readonly series: readonly { readonly name: string; readonly label: string; readonly color: string }[];
  readonly stacked?: boolean;
}

/** The labels of the axis, for example "$1.5K". */
const AXIS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
});

/** The only place where amounts become numbers, because heights are pixels. Loaded with the first chart. */
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
        // keyboards and screen readers use the table, so the chart is not in the tab order
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
