// The address: settings come from Python; step, trace and present are the stage's own.

/** Adds writeAddress and onPop to a stage. */
function addAddress(stage) {
  let writing = 0;
  const readable = (text) => encodeURIComponent(text).replace(/%(2C|3B|7C|3A)/g, decodeURIComponent);

  /** Soon, so that playing and dragging do not flood the history; at once where it makes an entry of its own. */
  stage.writeAddress = (push = false, now = push) => {
    clearTimeout(writing);
    const write = () => {
      const own = { step: stage.step, trace: stage.pin || null, present: stage.root.classList.contains("presenting") ? 1 : null };
      const parts = Object.entries({ ...stage.data.address, ...own }).filter(([, value]) => value !== null);
      const search = parts.length ? `?${parts.map(([key, value]) => `${key}=${readable(value)}`).join("&")}` : "";
      if (search !== location.search)
        history[push ? "pushState" : "replaceState"](history.state, "", location.pathname + search + location.hash);
    };
    if (now) write();
    else writing = setTimeout(write, 150);
  };
  stage.nodes.copy.onclick = async () => {
    stage.writeAddress(false, true);
    const { copy, copied, copy_failed } = stage.texts.stage;
    let text = copied;
    try { await navigator.clipboard.writeText(location.href); } catch { text = copy_failed; }
    stage.nodes.copy.textContent = text;
    setTimeout(() => { stage.nodes.copy.textContent = copy; }, 2500);
  };

  /** Back and Forward: Python reads the address again; Streamlit itself would start the page anew. */
  stage.onPop = (event) => {
    event.stopImmediatePropagation();
    clearTimeout(writing);
    stage.send.trigger("address", location.search);
  };
}
