// Is the server there? Streamlit's page says whether it is connected, and a command without an answer says that it is not.

const PATIENCE_MS = 4000; // a command that has no answer after so long: the server is taken for gone
const REFUSED_MS = 1200;

/** Adds isUp, isThere, watchAnswer, refuse and endConnection to a stage. */
function addConnection(stage) {
  const { nodes, root } = stage;
  const app = root.closest("[data-testid=stApp]");
  const isConnected = () => (app?.dataset.testConnectionState ?? "CONNECTED") === "CONNECTED";
  let connected = isConnected(), up = true, patience = 0, refused = 0;

  stage.isUp = () => up;

  /** Say how it is, and keep whoever would move a control now from moving it in vain. */
  function turn(now) {
    up = now;
    nodes.connection.dataset.state = up ? "up" : "down";
    root.classList.toggle("down", !up);
    stage.restControls(!up);
    stage.showWaiting();
  }

  /** A command went out: should no answer come, say so and ask again. */
  stage.watchAnswer = () => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      turn(false);
      if (connected) stage.resume();
    }, PATIENCE_MS);
  };
  /** The server answered; true where it had been away. */
  stage.isThere = () => {
    clearTimeout(patience);
    if (!connected || up) return false;
    turn(true);
    return true;
  };
  /** Something was asked for that needs the server, while it is away: say that it is not done. */
  stage.refuse = () => {
    clearTimeout(refused);
    nodes.connection.classList.add("refused");
    refused = setTimeout(() => nodes.connection.classList.remove("refused"), REFUSED_MS);
    stage.showWaiting();
  };

  const observer = new MutationObserver(() => {
    if (connected === isConnected()) return;
    connected = isConnected();
    if (connected) stage.resume(); // before anybody can move a control: the first thing that a new session hears
    else turn(false);
  });
  if (app) observer.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  stage.endConnection = () => {
    clearTimeout(patience);
    clearTimeout(refused);
    observer.disconnect();
    stage.restControls(false);
  };
}
