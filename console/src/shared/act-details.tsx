import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './act-details.module.css';
import { ChangesInShort, fieldName, ValueAfter, ValueBefore } from './change-words';
import type { Act, Change } from './changes';
import { changesBetween } from './changes';
import type { Column } from './data-table';
import { DataTable } from './data-table';
import type { Fact } from './facts';
import { FactList } from './facts';

interface ActDetailsProps {
  /** What was done: the button that opens all that is known of it */
  readonly name: string;
  readonly facts: readonly Fact[];
  readonly act: Act;
}

/** The name of an act, and behind it who did it and field by field what was and what became. */
export function ActDetails({ name, facts, act }: ActDetailsProps): ReactNode {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Anchor
        component="button"
        type="button"
        inherit
        className={classes.name}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={open}
      >
        {name}
      </Anchor>
      {/* on narrow screens no column has room for it */}
      <Text inherit component="div" hiddenFrom="md">
        <ChangesInShort act={act} />
      </Text>
      <Modal
        opened={isOpen}
        onClose={close}
        title={<Text fw={650}>{name}</Text>}
        size="xl"
        closeButtonProps={{ 'aria-label': t('write.close') }}
      >
        <Stack gap="md" className={classes.details}>
          <FactList facts={facts} />
          <Changes act={act} />
          <details>
            <summary className={classes.summary}>{t('acts.raw')}</summary>
            <pre className={classes.raw} role="region" aria-label={t('acts.raw')} tabIndex={0}>
              {JSON.stringify({ before: act.before, after: act.after }, null, 2)}
            </pre>
          </details>
        </Stack>
      </Modal>
    </>
  );
}

function Changes({ act }: { readonly act: Act }): ReactNode {
  const { t } = useTranslation();
  const changes = changesBetween(act);
  if (changes.length === 0) return <Text c="dimmed">{t('acts.nothing')}</Text>;
  return (
    <DataTable
      caption={t('acts.changes')}
      rows={changes}
      rowKey={({ path }) => path.join('.')}
      columns={columnsOf(act, t)}
    />
  );
}

function columnsOf({ before }: Act, t: TFunction): readonly Column<Change>[] {
  const isNew = before === null;
  const columns: readonly Column<Change>[] = [
    { key: 'field', title: t('acts.field'), render: ({ path }) => fieldName(t, path) },
    { key: 'before', title: t('acts.before'), render: (change) => <ValueBefore change={change} /> },
    {
      key: 'after',
      title: t(isNew ? 'acts.value' : 'acts.after'),
      render: (change) => <ValueAfter change={change} />,
    },
  ];
  return columns.filter(({ key }) => !(isNew && key === 'before'));
}
