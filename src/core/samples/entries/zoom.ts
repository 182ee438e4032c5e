import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, object: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      event: type,
      event_ts: make.atMs,
      payload: { account_id: make.ids.mixed("account", 22), object: object(make) },
    }),
  };
}

function meeting({ ids, bornMs }: Maker): JsonFields {
  return {
    id: ids.digits("meeting", 11),
    uuid: `${ids.mixed("meeting", 22)}==`,
    host_id: ids.mixed("host", 22),
    topic: "Weekly Product Sync",
    type: 2,
    start_time: isoSeconds(bornMs),
    duration: 60,
  };
}

function participant(field: "join_time" | "leave_time"): (make: Maker) => JsonFields {
  return (make) => ({
    ...meeting(make),
    timezone: "America/New_York",
    participant: {
      user_id: make.ids.digits("user", 8),
      user_name: "Alice Example",
      id: make.ids.mixed("participant", 22),
      email: "alice@example.com",
      [field]: isoSeconds(make.atMs),
    },
  });
}

export const zoom: Samples = {
  provider: "zoom",
  source: "https://developers.zoom.us/docs/api/meetings/events/",
  types: [
    event("meeting.started", (make) => ({ ...meeting(make), timezone: "America/New_York" })),
    event("meeting.ended", (make) => ({ ...meeting(make), end_time: isoSeconds(make.atMs) })),
    event("meeting.participant_joined", participant("join_time")),
    event("meeting.participant_left", participant("leave_time")),
    {
      type: "endpoint.url_validation",
      build: (make) => ({
        payload: { plainToken: make.own.mixed("token", 22) },
        event_ts: make.atMs,
        event: "endpoint.url_validation",
      }),
    },
  ],
  eventId: (own) => own.uuid("event"),
};
