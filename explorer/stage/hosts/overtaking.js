// Answers that come too late. Streamlit loads a component's script for each run of the page that is drawn; of two runs
// that come while it is loaded, the later one may be drawn first.

/** Whether an answer {session, number, done} is older than the one that is shown; `shown` is null before the first. */
export const isOvertaken = (answer, shown) =>
  shown !== null && answer.session === shown.session && (answer.number < shown.number || answer.done < shown.done);
