import Chip from '@mui/material/Chip';
import { CircleCheck, CircleX, Clock } from 'lucide-react';
import type { OrderStatus } from '../api/client';

const LOOKS = {
  pending: { label: 'Pending', color: 'warning', icon: <Clock size={16} aria-hidden /> },
  completed: { label: 'Completed', color: 'success', icon: <CircleCheck size={16} aria-hidden /> },
  cancelled: { label: 'Cancelled', color: 'default', icon: <CircleX size={16} aria-hidden /> },
} as const;

export function OrderStatusChip({ status }: { status: OrderStatus }) {
  const { label, color, icon } = LOOKS[status];
  return <Chip size="small" variant="outlined" label={label} color={color} icon={icon} />;
}
