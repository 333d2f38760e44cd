// Is the server there? Streamlit's page says whether it is connected; a command without an answer says that it is not.

const PATIENCE_MS = 4000; // a command that has no answer after so long: the server is taken for gone
const REFUSED_MS = 1200;
const STATE = "data-test-connection-state";

/** `onReturn()`: the connection is back, ask for what waits; `onChange()`: it is up, down, or something was refused. */
export function createConnection(anchor, { onReturn, onChange }) {
  const app = anchor.closest("[data-testid=stApp]");
  const isOpen = () => (app?.getAttribute(STATE) ?? "CONNECTED") === "CONNECTED";
  let isConnected = isOpen();
  let isUp = true;
  let isRefused = false;
  let patience = 0;
  let refused = 0;

  function turn(up) {
    isUp = up;
    onChange();
  }
  const observer = new MutationObserver(() => {
    if (isConnected === isOpen()) return;
    isConnected = isOpen();
    if (isConnected) onReturn(); // before anybody can move a control: the first thing that a new session hears
    else turn(false);
  });
  if (app) observer.observe(app, { attributes: true, attributeFilter: [STATE] });

  return {
    isUp: () => isUp,
    isRefused: () => isRefused,
    /** A command went out: should no answer come, say so and ask again. */
    awaitAnswer() {
      clearTimeout(patience);
      patience = setTimeout(() => {
        turn(false);
        if (isConnected) onReturn();
      }, PATIENCE_MS);
    },
    /** The server answered; says whether it had been away. */
    answered() {
      clearTimeout(patience);
      if (!isConnected || isUp) return false;
      turn(true);
      return true;
    },
    /** Something was asked for that needs the server, while it is away: say that it is not done. */
    refuse() {
      clearTimeout(refused);
      isRefused = true;
      refused = setTimeout(() => {
        isRefused = false;
        onChange();
      }, REFUSED_MS);
      onChange();
    },
    dispose() {
      clearTimeout(patience);
      clearTimeout(refused);
      observer.disconnect();
    },
  };
}
