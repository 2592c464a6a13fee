import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from './download';
import { asProblem } from '../api/problem';
import { notify, notifyError } from './page/notify';
import { useProblemText } from './page/problem-alert';

interface DownloadRequest {
  readonly address: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
}

/** Downloads a file of the API and shows its name. An error remains on the screen until the user closes it. */
export function useDownload() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: ({ address, query }: DownloadRequest) => download(address, query),
    onSuccess: (file) => notify(t('list.export'), t('list.exported', { file })),
    onError: (error) => notifyError(problemText(asProblem(error))),
  });
}
