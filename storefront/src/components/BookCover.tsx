import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serif } from '../theme';
import { useServices } from './services';

/** Background, text and ornament color; text and background have a contrast of at least 7:1. */
const PALETTES = [
  ['#23395b', '#f6ead2', '#c9a45c'],
  ['#6b1f2a', '#f8e9d8', '#d9a36a'],
  ['#1f4d45', '#f3ecd9', '#c2a15a'],
  ['#3a2a4d', '#f1e7f5', '#b694d6'],
  ['#f0e3c8', '#3a2415', '#a34a28'],
  ['#d8e3df', '#16352f', '#2f7267'],
  ['#22272e', '#efe6d8', '#d2694a'],
  ['#f3d9cf', '#4a1520', '#a8323e'],
  ['#27405f', '#fdf3e3', '#7fb0d6'],
  ['#e9e4f0', '#2c2150', '#6a54b0'],
] as const;

/** A number that depends on the text only (FNV-1a); selects palette and ornament. */
function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 16777619);
  return value >>> 0;
}

function Ornament({ kind, color }: { kind: number; color: string }) {
  const common = { fill: 'none', stroke: color, strokeWidth: 1.4 };
  return (
    <svg viewBox="0 0 100 60" width="100%" preserveAspectRatio="xMidYMid slice" aria-hidden focusable={false}>
      {kind === 0 && [8, 16, 24, 32, 40].map((r) => <circle key={r} cx={50} cy={58} r={r} {...common} />)}
      {kind === 1 &&
        [0, 1, 2, 3, 4].map((i) => (
          <path key={i} d={`M0 ${18 + i * 9} q12.5 -10 25 0 t25 0 t25 0 t25 0`} {...common} />
        ))}
      {kind === 2 &&
        [0, 1, 2, 3, 4, 5, 6].map((i) => (
          <path key={i} d={`M${2 + i * 16} 60 L${2 + i * 16} ${44 - ((i * 7) % 5) * 7}`} {...common} strokeWidth={5} />
        ))}
      {kind === 3 && (
        <>
          <circle cx={68} cy={20} r={11} fill={color} />
          <path d="M0 60 L26 28 L42 46 L58 24 L100 60" {...common} />
        </>
      )}
      {kind === 4 &&
        [0, 1, 2, 3, 4, 5, 6, 7].map((i) => (
          <path
            key={i}
            d="M50 56 C40 40 40 26 50 12 C60 26 60 40 50 56"
            {...common}
            transform={`rotate(${i * 45 - 157} 50 34) scale(0.9)`}
          />
        ))}
    </svg>
  );
}

/** Whether the pictures of this address may be shown. */
export function isShown(url: string | null | undefined, hosts: readonly string[] | undefined): url is string {
  if (!url || !hosts?.length || !URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === 'https:' && hosts.includes(host);
}

/**
 * The picture of a cover, if its host is one of those that the site shows pictures of, or else a cover drawn from title and author. Both
 * have the same size, which is reserved before the picture is there. The drawn one is decorative, so hidden from screen readers.
 */
export function BookCover({
  imageUrl,
  ...drawn
}: {
  title: string;
  author: string | null;
  imageUrl?: string | null;
  width?: number | string;
}) {
  const { t } = useTranslation();
  const { config } = useServices();
  const [failed, setFailed] = useState<string | null>(null);
  if (!isShown(imageUrl, config.coverHosts) || failed === imageUrl) return <DrawnCover {...drawn} />;
  return (
    <Box
      component="img"
      src={imageUrl}
      alt={t('book.coverOf', { title: drawn.title })}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setFailed(imageUrl)}
      style={{ width: drawn.width ?? '100%' }}
      sx={{
        display: 'block',
        aspectRatio: '2 / 3',
        objectFit: 'contain',
        borderRadius: '3px',
        bgcolor: 'action.hover',
      }}
    />
  );
}

function DrawnCover({
  title,
  author,
  width = '100%',
}: {
  title: string;
  author: string | null;
  width?: number | string;
}) {
  const seed = hash(`${author ?? ''}/${title}`);
  const [ground, ink, ornament] = PALETTES[seed % PALETTES.length]!;
  const short = title.length > 60 ? `${title.slice(0, 57).trimEnd()}…` : title;
  const size = short.length > 40 ? 8 : short.length > 22 ? 9.6 : short.length > 12 ? 11.5 : 13.5;
  return (
    <Box
      aria-hidden
      className="edge"
      style={{ background: ground, color: ink, width }}
      sx={{
        aspectRatio: '2 / 3',
        containerType: 'inline-size',
        borderRadius: '3px 6px 6px 3px',
        boxShadow:
          '0 1px 2px rgb(0 0 0 / .25), 0 8px 20px -8px rgb(0 0 0 / .4), inset 5px 0 6px -4px rgb(0 0 0 / .35), inset 7px 0 0 -6px rgb(255 255 255 / .25)',
        overflow: 'hidden',
        flexShrink: 0,
        // A picture: it keeps its colors.
        forcedColorAdjust: 'none',
        printColorAdjust: 'exact',
      }}
    >
      <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%', p: '9cqw', pb: 0, gap: '3cqw' }}>
        <Box
          style={{ fontSize: `${size}cqw` }}
          sx={{
            fontFamily: serif,
            fontWeight: 650,
            lineHeight: 1.12,
            letterSpacing: '-0.01em',
            overflowWrap: 'anywhere',
          }}
        >
          {short}
        </Box>
        <Box style={{ borderColor: ornament }} sx={{ borderTop: '0.8cqw solid', width: '18cqw' }} />
        <Box
          sx={{
            fontSize: '6.4cqw',
            lineHeight: 1.25,
            opacity: 0.92,
            overflow: 'hidden',
            display: '-webkit-box',
            WebkitLineClamp: 2,
            WebkitBoxOrient: 'vertical',
          }}
        >
          {author}
        </Box>
        <Box sx={{ mt: 'auto', mx: '-9cqw', lineHeight: 0, minHeight: 0 }}>
          <Ornament kind={(seed >>> 8) % 5} color={ornament} />
        </Box>
      </Box>
    </Box>
  );
}
