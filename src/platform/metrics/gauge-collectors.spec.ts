import { Gauge, Registry } from 'prom-client';
import { GaugeCollectors } from './gauge-collectors.js';

describe('the database gauges', () => {
  const registry = new Registry();
  const gauge = new Gauge({ name: 'plain', help: 'h', registers: [registry] });
  const labelled = new Gauge({ name: 'labelled', help: 'h', labelNames: ['a'], registers: [registry] });
  const gauges = [gauge, labelled];
  let readings: GaugeCollectors;

  const shown = async (): Promise<string> => (await registry.metrics()).replace(/^#.*\n/gm, '').trim();

  beforeEach(() => {
    readings = new GaugeCollectors();
  });

  it('are absent before the first reading', async () => {
    readings.register({ gauges, read: () => Promise.resolve() });
    expect(await shown()).toBe('');
  });

  it('are present when the database responds', async () => {
    const read = () => {
      gauge.set(3);
      labelled.set({ a: 'x' }, 4);
      return Promise.resolve();
    };
    readings.register({ gauges, read });
    expect(await readings.refresh()).toBe(true);
    expect(await shown()).toBe('plain 3\n\nlabelled{a="x"} 4');
  });

  it('are absent after a failure and are read again next time', async () => {
    const read = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce(undefined);
    readings.register({ gauges, read });
    gauge.set(3);
    labelled.set({ a: 'x' }, 4);
    expect(await readings.refresh()).toBe(false);
    expect(await shown()).toBe('');
    expect(await readings.refresh()).toBe(true);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('are awaited up to the time limit and read once while a reading is pending', async () => {
    const read = jest.fn(() => new Promise<void>(() => undefined));
    readings.register({ gauges, read });
    gauge.set(3);
    expect(await Promise.all([readings.refresh(1), readings.refresh(1)])).toEqual([false, false]);
    expect(await shown()).toBe('');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('are read once for concurrent scrapes', async () => {
    const read = jest.fn(() => Promise.resolve());
    readings.register({ gauges, read });
    await Promise.all([readings.refresh(), readings.refresh()]);
    await readings.refresh();
    expect(read).toHaveBeenCalledTimes(1);
  });
});
