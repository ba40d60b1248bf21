import { createTheme } from '@mui/material/styles';

const SERIF = '"Fraunces Variable", Georgia, serif';
const SANS = '"Inter Variable", system-ui, sans-serif';

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#8c2f2b', dark: '#6f211e', contrastText: '#ffffff' },
        secondary: { main: '#1f5f5b', contrastText: '#ffffff' },
        success: { main: '#2a6a3c' },
        warning: { main: '#8a5300' },
        error: { main: '#b3261e' },
        info: { main: '#2b5b8a' },
        background: { default: '#fbf8f3', paper: '#ffffff' },
        text: { primary: '#241d18', secondary: '#65594f' },
        divider: '#e7dfd4',
      },
    },
    dark: {
      palette: {
        primary: { main: '#f0a59c', dark: '#d98a81', contrastText: '#34100e' },
        secondary: { main: '#8fd0c8', contrastText: '#08302d' },
        success: { main: '#8fd3a1' },
        warning: { main: '#f0bd6e' },
        error: { main: '#f2a59e' },
        info: { main: '#9cc6ee' },
        background: { default: '#171412', paper: '#211d1a' },
        text: { primary: '#f3ece3', secondary: '#bfb2a5' },
        divider: '#3a332d',
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: SANS,
    h1: {
      fontFamily: SERIF,
      fontWeight: 600,
      fontSize: 'clamp(1.75rem, 1.3rem + 1.8vw, 2.5rem)',
      letterSpacing: '-0.02em',
      lineHeight: 1.15,
    },
    h2: { fontFamily: SERIF, fontWeight: 600, fontSize: '1.375rem', letterSpacing: '-0.01em', lineHeight: 1.25 },
    h3: { fontWeight: 600, fontSize: '1rem', lineHeight: 1.35 },
    button: { textTransform: 'none', fontWeight: 600 },
    subtitle1: { fontSize: '1.0625rem', lineHeight: 1.55 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { overflowY: 'scroll' },
        '#main:focus': { outline: 'none' },
        ':focus-visible': { outlineOffset: 2 },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transition: 'none !important' },
        },
        // Forced colors drop backgrounds and shadows, so surfaces and controls need an edge, and what is selected the system's colors.
        '@media (forced-colors: active)': {
          '.MuiButton-root, .MuiPaper-root, .MuiChip-root, .MuiSkeleton-root, .edge': {
            border: '1px solid !important',
          },
          '.Mui-selected, nav .active': {
            forcedColorAdjust: 'none',
            color: 'HighlightText !important',
            backgroundColor: 'Highlight !important',
          },
        },
        '@media print': {
          ':root, [data-theme]': {
            colorScheme: 'light !important',
            '--mui-palette-background-default': '#fff',
            '--mui-palette-background-paper': '#fff',
            '--mui-palette-text-primary': '#000',
            '--mui-palette-text-secondary': '#333',
            '--mui-palette-divider': '#999',
          },
          body: { overflowY: 'visible' },
          'header, footer, button, form, .MuiButton-root, .MuiToggleButtonGroup-root, .MuiSnackbar-root, .MuiPagination-root':
            { display: 'none !important' },
          '.MuiPaper-root': { position: 'static !important' },
          'h1, h2, h3': { breakAfter: 'avoid' },
          'li, tr': { breakInside: 'avoid' },
        },
      },
    },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          '&:focus-visible': { outline: `3px solid ${vars!.palette.info.main}`, outlineOffset: 2 },
        }),
      },
    },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { borderRadius: 999, paddingInline: 20 },
        sizeLarge: { paddingBlock: 11, paddingInline: 28, fontSize: '1rem' },
      },
    },
    MuiCard: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { borderRadius: 14 } },
    },
    MuiTypography: { defaultProps: { variantMapping: { subtitle1: 'p' } } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 16 } } },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiLink: { styleOverrides: { root: { textUnderlineOffset: '0.2em' } } },
    MuiChip: { styleOverrides: { root: { fontWeight: 600 } } },
    MuiAlert: { styleOverrides: { root: { borderRadius: 12 } } },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 600, whiteSpace: 'nowrap' } } },
    MuiToggleButtonGroup: { styleOverrides: { root: { flexWrap: 'wrap' } } },
    MuiToggleButton: { styleOverrides: { root: { textTransform: 'none', fontWeight: 600 } } },
  },
});

export const serif = SERIF;
