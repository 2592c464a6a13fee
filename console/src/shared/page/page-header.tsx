import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface PageHeaderProps {
  readonly title: string;
  /** One line below the title */
  readonly description?: ReactNode;
  /** Next to the title, usually a status */
  readonly badge?: ReactNode;
  /** The pages above this one, from the top */
  readonly breadcrumbs?: readonly { readonly label: string; readonly to: string }[];
  readonly actions?: ReactNode;
}

/** The heading and the actions of a page. Also sets the title of the browser tab. */
export function PageHeader(props: PageHeaderProps): ReactNode {
  const { title, description, badge, breadcrumbs = [], actions } = props;
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <header>
      {breadcrumbs.length > 0 && (
        <nav aria-label="Breadcrumb" className="no-print">
          <Breadcrumbs separator="/" mb={6} separatorMargin={6}>
            {breadcrumbs.map(({ label, to }) => (
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
            {badge}
          </Group>
          {description !== undefined && (
            <Text c="dimmed" size="sm" mt={2} component="div">
              {description}
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
