import { messages } from '../state/messages';

const LARGEST = 2 * 1024 * 1024;
const WIDEST = 800;

export interface ReadPicture {
  data: string;
  width: number;
  height: number;
}

/** Reads a picture for a drawing; undefined, with a word to the user, if it cannot be one. */
export async function readPicture(file: File): Promise<ReadPicture | undefined> {
  if (file.size > LARGEST) {
    messages.add('warning', `"${file.name}" is larger than 2 MB, too large for a drawing.`);
    return undefined;
  }
  const data = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(file);
  });
  const picture = new Image();
  picture.src = data;
  try {
    await picture.decode();
  } catch {
    messages.add('warning', `"${file.name}" is no picture that can be shown.`);
    return undefined;
  }
  const scale = Math.min(1, WIDEST / (picture.naturalWidth || WIDEST));
  return {
    data,
    width: Math.round((picture.naturalWidth || 200) * scale),
    height: Math.round((picture.naturalHeight || 200) * scale),
  };
}
