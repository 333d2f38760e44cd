// A picture of the visitor's own. The server makes it small; the browser keeps that, and sends it to a server that has
// forgotten it.

import { box, button, element } from "../../stage/dom.js";
import { filled } from "../../stage/language.js";

const KEY = "tconv-upsample-picture";
const TYPES = "image/png,image/jpeg,image/webp"; // what the browser offers; the server looks at the bytes

export function createUpload({ words, mostBytes, value, change, ask }) {
  const input = Object.assign(element("input", "hidden-text"), { type: "file", accept: TYPES });
  input.tabIndex = -1;
  input.setAttribute("aria-label", words.upload);
  input.dataset.testid = "upload";
  const open = () => {
    input.click();
    return true;
  };
  const choose = button("tool", open, words.upload);
  const said = element("p", "upload-said");
  said.setAttribute("role", "status");
  said.dataset.testid = "upload-said";
  let kept = stored(), isRestoring = false;

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }
  function store(picture) {
    kept = picture;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(picture));
    } catch {
      // no room, or not allowed: the picture lasts as long as the page
    }
  }
  function say(text, isBad) {
    said.textContent = text;
    said.dataset.tone = isBad ? "bad" : "plain";
  }
  function refuse(text) {
    const kept = value("picture") === "upload" ? [words.upload_kept] : [];
    say([text, words.upload_help, ...kept].join(words.joints.sentences), true);
  }
  input.onchange = async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const number = (count) => count.toLocaleString("en");
    if (file.size > mostBytes) {
      refuse(filled(words.upload_large, { bytes: number(file.size), most: number(mostBytes) }));
      return;
    }
    say(words.busy, false);
    ask({ file: await base64(file) });
  };

  return {
    node: box("upload-part", input, said),
    button: choose,
    open,
    name: () => kept?.name ?? "",
    /** What the server made of a file. */
    take({ problem, name, bytes, text }) {
      const wasRestoring = isRestoring;
      isRestoring = false;
      if (problem) {
        refuse(problem);
        return;
      }
      store({ name, bytes, text });
      if (!wasRestoring) say(text, false);
      change({ picture: "upload" }, { isNewEntry: !wasRestoring });
    },
    /** The server has not got the picture that the address means. */
    restore() {
      if (!kept?.bytes || isRestoring) {
        say(words.upload_lost, true);
        return;
      }
      isRestoring = true;
      ask({ file: kept.bytes });
    },
  };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
