// Progress in the browser's own store. One that keeps nothing is no fault: then it lasts as long as the page.

import { EMPTY, readProgress } from "./progress.js";

const STORE = "tconv-course";

export function storedProgress() {
  try {
    return readProgress(localStorage.getItem(STORE)) ?? EMPTY;
  } catch {
    return EMPTY;
  }
}

export function keepProgress(progress) {
  try {
    localStorage.setItem(STORE, JSON.stringify(progress));
  } catch {
    // see above
  }
}
