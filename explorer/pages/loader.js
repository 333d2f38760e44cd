// All that Streamlit sends with every run: the stage itself is served once, under a name that changes with its content.
let loading = null;

export default async function (component) {
  loading ??= import(new URL(STAGE_ADDRESS, document.baseURI)).catch((error) => { loading = null; throw error; });
  const { default: draw } = await loading;
  return draw(component);
}
