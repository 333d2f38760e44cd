import { isOvertaken } from "../../explorer/stage/hosts/overtaking.js";
import { equal, test } from "./testing.js";

const answer = (session, number, done) => ({ session, number, done });
const SHOWN = answer("a", 3, 2);

test("an answer is left out when a later one of its session is shown", () => {
  const late = [answer("a", 2, 2), answer("a", 3, 1), answer("a", 1, 0)];
  equal(late.map((one) => isOvertaken(one, SHOWN)), [true, true, true]);
});

test("the same one again, a later one, another session's and the first are shown", () => {
  const shown = [SHOWN, answer("a", 4, 2), answer("a", 3, 3), answer("b", 1, 0)];
  equal(shown.map((one) => isOvertaken(one, SHOWN)), [false, false, false, false]);
  equal(isOvertaken(SHOWN, null), false);
});
