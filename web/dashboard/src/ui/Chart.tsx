import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as Drawing,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartDataset,
  type ChartOptions,
} from 'chart.js';
import { useEffect, useRef, useState } from 'react';

Drawing.register(
  BarController,
  BarElement,
  LineController,
  LineElement,
  PointElement,
  CategoryScale,
  LinearScale,
  Tooltip,
  Filler,
);

export type Colour = 'in' | 'out' | 'good' | 'warn' | 'bad' | 'calm';

export interface Row {
  name: string;
  colour: Colour;
  values: (number | null)[];
  kind?: 'bar' | 'line';
  /** Drawn against the scale on the right. */
  second?: boolean;
}

interface ChartProps {
  /** What it shows, for those who don't see it. */
  name: string;
  labels: string[];
  rows: Row[];
  stacked?: boolean;
  /** How a value is written, on the scale and when it is pointed at. */
  write?: (value: number) => string;
  writeSecond?: (value: number) => string;
  height?: number;
}

/** A chart over time, with its legend and, for screen readers, its sums. */
export function Chart({ name, labels, rows, stacked = false, write, writeSecond, height = 220 }: ChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing<'bar' | 'line', (number | null)[]>>(undefined);
  useThemed();
  const plain = write ?? ((value: number) => value.toLocaleString());
  const second = writeSecond ?? plain;

  useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return;
    }
    const made = new Drawing<'bar' | 'line', (number | null)[]>(element, { type: 'bar', data: { labels: [], datasets: [] } });
    drawing.current = made;
    return () => {
      made.destroy();
      drawing.current = undefined;
    };
  }, []);

  useEffect(() => {
    const { current: chart } = drawing;
    const { current: element } = canvas;
    if (!chart || !element) {
      return;
    }
    chart.data = { labels, datasets: rows.map((row) => dataset(row, stacked, colourOf(element, `--chart-${row.colour}`))) };
    chart.options = options(rows, stacked, colourOf(element, '--ink-soft'), colourOf(element, '--line'), plain, second);
    chart.update('none');
  });

  return (
    <figure className="chart">
      <figcaption className="legend">
        {rows.map((row) => (
          <span key={row.name}>
            <i data-colour={row.colour} data-kind={row.kind ?? 'bar'} />
            {row.name}
          </span>
        ))}
      </figcaption>
      <div style={{ height }}>
        <canvas ref={canvas} role="img" aria-label={`${name}. ${summary(rows, plain, second)}`} />
      </div>
    </figure>
  );
}

function summary(rows: Row[], plain: (value: number) => string, second: (value: number) => string): string {
  return rows
    .map((row) => {
      const known = row.values.filter((value) => value !== null);
      return row.second
        ? `${row.name}: at most ${known.length > 0 ? second(Math.max(...known)) : 'unknown'}`
        : `${row.name}: ${plain(known.reduce((sum, value) => sum + value, 0))} in all`;
    })
    .join(', ');
}

function dataset(row: Row, stacked: boolean, colour: string): ChartDataset<'bar' | 'line', (number | null)[]> {
  return row.kind === 'line'
    ? {
        type: 'line',
        label: row.name,
        data: row.values,
        borderColor: colour,
        backgroundColor: colour,
        borderWidth: 2,
        // A line needs two points to be seen.
        pointRadius: row.values.filter((value) => value !== null).length < 3 ? 3 : 0,
        pointHitRadius: 12,
        tension: 0.3,
        spanGaps: true,
        yAxisID: row.second ? 'second' : 'y',
      }
    : {
        type: 'bar',
        label: row.name,
        data: row.values,
        backgroundColor: colour,
        borderRadius: 2,
        maxBarThickness: 26,
        categoryPercentage: 0.86,
        barPercentage: 0.95,
        stack: stacked ? 'all' : row.name,
        yAxisID: 'y',
      };
}

type Write = (value: number) => string;

function options(rows: Row[], stacked: boolean, ink: string, line: string, plain: Write, second: Write): ChartOptions<'bar' | 'line'> {
  const ticks = (write: Write) => ({
    color: ink,
    precision: 0,
    maxTicksLimit: 5,
    callback: (value: string | number) => write(Number(value)),
  });
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    plugins: {
      tooltip: {
        boxPadding: 4,
        padding: 10,
        cornerRadius: 8,
        callbacks: {
          label: (item) => ` ${item.dataset.label}: ${(rows[item.datasetIndex]?.second ? second : plain)(Number(item.raw))}`,
        },
      },
    },
    scales: {
      x: {
        stacked,
        grid: { display: false },
        border: { display: false },
        ticks: { color: ink, maxRotation: 0, autoSkipPadding: 18 },
      },
      y: {
        stacked,
        beginAtZero: true,
        suggestedMax: 4,
        grid: { color: line },
        border: { display: false },
        ticks: ticks(plain),
      },
      ...(rows.some((row) => row.second) && {
        second: {
          position: 'right',
          beginAtZero: true,
          grid: { display: false },
          border: { display: false },
          ticks: ticks(second),
        },
      }),
    },
  };
}

/** A canvas knows no custom properties: the browser is asked what the colour is in the present theme. */
function colourOf(beside: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  probe.hidden = true;
  (beside.parentElement ?? document.body).append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Draws anew when the colours change. */
function useThemed(): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const change = () => setCount((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', change);
    const chosen = new MutationObserver(change);
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      system.removeEventListener('change', change);
      chosen.disconnect();
    };
  }, []);
}
