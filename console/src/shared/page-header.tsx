import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface PageHeaderProps {
  readonly title: string;
  /** One line below the title */
  readonly lead?: ReactNode;
  /** Beside the title, such as a status */
  readonly mark?: ReactNode;
  /** The pages above this one, from the top */
  readonly trail?: readonly { readonly label: string; readonly to: string }[];
  readonly actions?: ReactNode;
}

/** The head of every page: where one is, what it is, and what can be done. Also names the browser's tab. */
export function PageHeader({ title, lead, mark, trail = [], actions }: PageHeaderProps): ReactNode {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <header>
      {trail.length > 0 && (
        <nav aria-label="Breadcrumb" className="no-print">
          <Breadcrumbs separator="/" mb={6} separatorMargin={6}>
            {trail.map(({ label, to }) => (
              <Anchor key={to} component={Link} to={to} size="sm">
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        </nav>
      )}
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <div>
          <Group gap="md">
            <Title order={1}>{title}</Title>
            {mark}
          </Group>
          {lead !== undefined && (
            <Text c="dimmed" size="sm" mt={2} component="div">
              {lead}
            </Text>
          )}
        </div>
        {actions !== undefined && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
    </header>
  );
}
