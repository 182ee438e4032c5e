import { describe, expect, test } from "vitest";
import { type Routing, targetsOf } from "../../../../src/app/listening/routing.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { parseTarget, targetUrl } from "../../../../src/core/model/target.ts";
import { capturedRequest } from "../../../helpers/samples.ts";

const app = parseTarget("localhost:8000", "--forward");
const shop = parseTarget("localhost:9000/shop", "--forward");
const everything: Routing = { targets: [app], routes: [], pathPrefix: "", filter: [] };

describe("a request goes", () => {
  test("to the targets, in their order", () => {
    expect(urlsFor({ targets: [shop, app] })).toEqual(["http://localhost:9000/shop", "http://localhost:8000"]);
  });

  test.each([
    ["/hooks", "/hooks", true],
    ["/hooks", "/hooks/a?b", true],
    ["/hooks", "/hooksa", false],
    ["/hooks/", "/hooks/a", true],
    ["/hooks", "http://elsewhere.test/hooks", true],
    ["/", "/anything", true],
  ])("with the prefix %s at %s: %s", (pathPrefix, target, isForwarded) => {
    expect(urlsFor({ pathPrefix }, target)).toHaveLength(isForwarded ? 1 : 0);
  });

  test("only where the filter lets it through", () => {
    expect(urlsFor({ filter: parseFilter("type:order.*") })).toHaveLength(1);
    expect(urlsFor({ filter: parseFilter("-type:order.*") })).toEqual([]);
    expect(urlsFor({ filter: parseFilter("method:get") })).toEqual([]);
  });

  test("only where its type is one of those that were asked for", () => {
    expect(urlsFor({ events: ["invoice.*", "order.*"] })).toHaveLength(1);
    expect(urlsFor({ events: ["invoice.*"] })).toEqual([]);
    expect(urlsFor({ events: [] })).toHaveLength(1);
    const routing = { ...everything, events: ["*"] };
    expect(targetsOf(capturedRequest(), {}, routing, 0)).toEqual([]);
  });

  test("where the first route that fits sends it, otherwise to the targets", () => {
    const routes = [
      { path: "/internal/*", targets: [] },
      { type: "order.*", targets: [shop] },
      { targets: [app, shop] },
    ];
    expect(urlsFor({ routes })).toEqual(["http://localhost:9000/shop"]);
    expect(urlsFor({ routes }, "/internal/x?y")).toEqual([]);
    expect(urlsFor({ routes: routes.slice(0, 1) })).toEqual(["http://localhost:8000"]);
  });
});

function urlsFor(changes: Partial<Routing>, target = "/hooks"): readonly string[] {
  const facts = { eventId: "evt_1", eventType: "order.completed" };
  return targetsOf(capturedRequest({ target }), facts, { ...everything, ...changes }, 0).map(targetUrl);
}
