// A text in the fragment of a link, packed. A browser that cannot pack gives none.

const FORMAT = "deflate-raw";
export const LONGEST_LINK = 8000; // characters: longer ones are cut by mail programs and chats
const LONGEST_TEXT = 1_000_000; // characters that a fragment may unpack to

/** The packed text, of letters that a link leaves as they are. */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(FORMAT));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text of a packed one; null where it is none, or unpacks to too much. */
export async function unpacked(letters) {
  try {
    const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORMAT));
    return await textWithin(stream.pipeThrough(new TextDecoderStream()).getReader());
  } catch {
    return null;
  }
}

async function textWithin(reader) {
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (text.length > LONGEST_TEXT) {
      await reader.cancel();
      return null;
    }
  }
  return text;
}
