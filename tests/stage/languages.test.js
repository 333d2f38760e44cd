import { addressIn } from "../../explorer/stage/hosts/streamlit/languages.js";
import { renameWidgets, renaming } from "../../explorer/stage/hosts/streamlit/widgets.js";
import { equal, test } from "./testing.js";

const WORDS = [["Close", "关闭"], ["Help for {label}", "说明：{label}"], ["Select {count} matches", "选中 {count} 个"]];
const soon = () => new Promise((done) => { setTimeout(done); });

test("an address in another language has all else as it was", () => {
  const address = "https://a.example/b/?x=1,2;3,4&trace=output:0,1,1&step=2#top";
  equal(addressIn("zh", address), "https://a.example/b/?x=1,2;3,4&trace=output:0,1,1&step=2&lang=zh#top");
  equal(addressIn("en", addressIn("zh", address)), address.replace("#", "&lang=en#"));
  equal(addressIn("zh", "https://a.example/layer?layer=nn.ReLU()%0Anot&lang=en"), "https://a.example/layer?layer=nn.ReLU%28%29%0Anot&lang=zh");
});

test("a whole text is said otherwise, with what stands in its places", () => {
  const renamed = renaming(WORDS);
  equal(["Close", "Help for a (b) {label}", "Select 12 matches"].map(renamed), ["关闭", "说明：a (b) {label}", "选中 12 个"]);
  equal(["Close it", "close", "help for me", "", "说明：步幅", "Help for "].map(renamed), [null, null, null, null, null, null]);
});

test("names and texts of widgets are said otherwise, now and when they come or change", async () => {
  const body = document.createElement("div");
  document.body.append(body);
  body.innerHTML = '<button aria-label="Close"><i title="Help for s">Close</i></button><p class="tconv-stage" title="Close">Close</p>';
  const stop = renameWidgets({ body }, WORDS), [button, ours] = body.children, text = button.firstChild.firstChild;
  equal([button.ariaLabel, button.firstChild.title, text.data, ours.title, ours.textContent], ["关闭", "说明：s", "关闭", "Close", "Close"]);
  body.insertAdjacentHTML("beforeend", '<div><input placeholder="Select 3 matches"></div>');
  button.firstChild.title = "Help for p";
  text.data = "Select 2 matches";
  ours.firstChild.data = "Select 2 matches";
  await soon();
  equal([body.querySelector("input").placeholder, button.firstChild.title, text.data], ["选中 3 个", "说明：p", "选中 2 个"]);
  equal([ours.textContent, button.firstChild.firstChild === text], ["Select 2 matches", true]);
  stop();
  button.ariaLabel = "Close";
  await soon();
  equal(button.ariaLabel, "Close");
  body.remove();
});
