/** Saves the content as a download of the browser. */
export function saveFile(name: string, content: Blob): void {
  const object = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = object;
  link.download = name;
  link.click();
  // the browser needs the URL until the download has started
  setTimeout(() => URL.revokeObjectURL(object), 10_000);
}
