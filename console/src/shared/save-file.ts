/** Has the browser save the content under the name. */
export function saveFile(name: string, content: Blob): void {
  const object = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = object;
  link.download = name;
  link.click();
  // the browser has taken hold of it by the next turn
  setTimeout(() => URL.revokeObjectURL(object), 10_000);
}
