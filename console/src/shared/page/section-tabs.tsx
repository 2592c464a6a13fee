import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import classes from './section-tabs.module.css';

interface SectionTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly label: string }[];
}

/** Links to the pages of a section, below its title. */
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
