import Chip from '@mui/material/Chip';
import { CircleCheck, CircleX, Clock, Undo2 } from 'lucide-react';
import type { OrderStatus } from '../api/client';
import { useTranslation } from 'react-i18next';

const LOOKS = {
  pending: { color: 'warning', icon: <Clock size={16} aria-hidden /> },
  completed: { color: 'success', icon: <CircleCheck size={16} aria-hidden /> },
  cancelled: { color: 'default', icon: <CircleX size={16} aria-hidden /> },
  returned: { color: 'default', icon: <Undo2 size={16} aria-hidden /> },
} as const satisfies Record<OrderStatus, object>;

export function OrderStatusChip({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const { color, icon } = LOOKS[status];
  return <Chip size="small" variant="outlined" label={t(`order.status.${status}`)} color={color} icon={icon} />;
}
