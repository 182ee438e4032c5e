import { type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, fields: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      token: make.ids.mixed("token", 24),
      team_id: team(make),
      api_app_id: `A${make.ids.capitals("app", 10)}`,
      event: { type, ...fields(make) },
      type: "event_callback",
      authorizations: [
        {
          team_id: team(make),
          user_id: `U${make.ids.capitals("bot", 10)}`,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event_id: make.eventId,
      event_time: unixSeconds(make.atMs),
    }),
  };
}

function team({ ids }: Maker): string {
  return `T${ids.capitals("team", 10)}`;
}

function user({ ids }: Maker): string {
  return `U${ids.capitals("user", 10)}`;
}

function channel({ ids }: Maker): string {
  return `C${ids.capitals("channel", 10)}`;
}

/** Slack's times are ids of messages as well: seconds, a dot, six more digits. */
function stamp(make: Maker, atMs: number): string {
  return `${unixSeconds(atMs)}.${make.ids.digits(`stamp ${atMs}`, 6)}`;
}

export const slack: Samples = {
  provider: "slack",
  source: "https://docs.slack.dev/reference/events",
  types: [
    event("app_mention", (make) => ({
      user: user(make),
      text: `<@U${make.ids.capitals("bot", 10)}> is it everything a river should be?`,
      ts: stamp(make, make.atMs),
      channel: channel(make),
      event_ts: stamp(make, make.atMs),
    })),
    event("message", (make) => ({
      user: user(make),
      text: "Hello world",
      ts: stamp(make, make.atMs),
      channel: channel(make),
      channel_type: "channel",
      event_ts: stamp(make, make.atMs),
    })),
    event("reaction_added", (make) => ({
      user: user(make),
      reaction: "thumbsup",
      item_user: `U${make.ids.capitals("author", 10)}`,
      item: { type: "message", channel: channel(make), ts: stamp(make, make.bornMs) },
      event_ts: stamp(make, make.atMs),
    })),
    event("member_joined_channel", (make) => ({
      user: user(make),
      channel: channel(make),
      channel_type: "C",
      team: team(make),
      event_ts: stamp(make, make.atMs),
    })),
    event("app_home_opened", (make) => ({
      user: user(make),
      channel: `D${make.ids.capitals("home", 10)}`,
      event_ts: stamp(make, make.atMs),
      tab: "home",
    })),
    {
      type: "url_verification",
      build: (make) => ({
        token: make.ids.mixed("token", 24),
        challenge: make.own.mixed("challenge", 52),
        type: "url_verification",
      }),
    },
  ],
  eventId: (own) => `Ev${own.capitals("event", 10)}`,
};
