import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from '../api/download';
import { asProblem } from '../api/problem';
import { announce, announceRefusal } from './announce';
import { useSentence } from './problem-alert';

interface Wanted {
  readonly address: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
}

/** Saves a file of the API's, and tells its name; a refusal stays on the screen until it is read. */
export function useDownload() {
  const { t } = useTranslation();
  const sentence = useSentence();
  return useMutation({
    mutationFn: ({ address, query }: Wanted) => download(address, query),
    onSuccess: (file) => announce(t('list.export'), t('list.exported', { file })),
    onError: (error) => announceRefusal(sentence(asProblem(error))),
  });
}
