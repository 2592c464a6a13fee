import { createTheme, rem } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/** Ink: the blue lines of ledger paper. White text on shade 7 has a contrast of 7:1. */
const ink: MantineColorsTuple = [
  '#eef4fa',
  '#dce7f1',
  '#b6cde2',
  '#8db2d3',
  '#6b9bc6',
  '#5189b9',
  '#3b73a3',
  '#275a86',
  '#1c466b',
  '#12324e',
];

/** Slate greys with a little blue, for both appearances. */
const dark: MantineColorsTuple = [
  '#d5dbe3',
  '#b9c2cd',
  '#9aa6b4',
  '#6b7887',
  '#485464',
  '#364151',
  '#263140',
  '#1a232f',
  '#141b25',
  '#0d131b',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  autoContrast: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.25' },
      h2: { fontSize: rem(17), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 }, radius: 'md' } },
    // otherwise a placeholder has the focus, but a menu may contain only menu items
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // the default grey has too little contrast on white
    Notification: { styles: { description: { color: 'var(--console-text-soft)' } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});
