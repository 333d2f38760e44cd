// Whether somebody is here for the first time: then the page offers the course, once.

const STORE = "tconv-visited";

/** Says it in a class of the page, for as long as this visit lasts. */
export function markFirstVisit() {
  try {
    if (localStorage.getItem(STORE)) return;
    localStorage.setItem(STORE, "1");
  } catch {
    return; // a browser that keeps nothing would offer it again and again
  }
  document.documentElement.classList.add("tconv-first-visit");
}
