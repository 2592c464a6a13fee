import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import classes from './section-tabs.module.css';

interface SectionTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly label: string }[];
}

/** The pages of one section, side by side below its title. Each has an address of its own. */
export function SectionTabs({ label, tabs }: SectionTabsProps): ReactNode {
  return (
    <nav aria-label={label} className={`${classes.tabs} no-print`}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end className={classes.tab}>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  );
}
