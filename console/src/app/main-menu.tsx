import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useSession } from '../api/session';
import { MENU } from './menu';
import classes from './shell.module.css';

export function MainMenu(): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const groups = MENU.map(({ label, entries }) => ({
    label,
    entries: entries.filter(({ permission }) => profile?.permissions.includes(permission)),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <nav aria-label={t('menu.label')}>
      {groups.map((group) => (
        <div key={group.label}>
          <div className={classes.group}>{t(`menu.${group.label}`)}</div>
          <ul className={classes.entries}>
            {group.entries.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/'} className={classes.entry}>
                  <Icon size={18} stroke={1.6} aria-hidden />
                  {t(`menu.${label}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
