import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, kind: "asset" | "live" | "upload", data: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      type,
      object: { type: kind, id: make.ids.mixed(kind, 44) },
      id: make.eventId,
      environment: { name: "Development", id: make.ids.small("environment", 6) },
      data: data(make),
      created_at: isoSeconds(make.atMs),
      accessor_source: null,
      accessor: null,
      request_id: null,
    }),
  };
}

function asset(status: "preparing" | "ready" | "errored"): (make: Maker) => JsonFields {
  return (make) => ({
    id: make.ids.mixed("asset", 44),
    status,
    created_at: unixSeconds(make.bornMs),
    mp4_support: "none",
    master_access: "none",
    playback_ids: [{ policy: "public", id: make.ids.mixed("playback", 44) }],
    ...(status === "ready" ? { duration: 23.857167, aspect_ratio: "16:9" } : {}),
    ...(status === "errored" ? { errors: { type: "invalid_input", messages: ["The file could not be read"] } } : {}),
  });
}

function live(status: "active" | "idle"): (make: Maker) => JsonFields {
  return (make) => ({
    id: make.ids.mixed("live", 44),
    status,
    created_at: unixSeconds(make.bornMs),
    reconnect_window: 60,
    playback_ids: [{ policy: "public", id: make.ids.mixed("playback", 44) }],
  });
}

export const mux: Samples = {
  provider: "mux",
  source: "https://www.mux.com/docs/webhook-reference",
  types: [
    event("video.asset.ready", "asset", asset("ready")),
    event("video.asset.created", "asset", asset("preparing")),
    event("video.asset.errored", "asset", asset("errored")),
    event("video.live_stream.active", "live", live("active")),
    event("video.live_stream.idle", "live", live("idle")),
  ],
  eventId: (own) => own.uuid("event"),
  snapshot: "data",
};
