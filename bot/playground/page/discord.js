// What Discord does between a member and an application: it keeps the messages, and wraps what a member does
// into an interaction. The shapes are those of
// https://discord.com/developers/docs/interactions/receiving-and-responding, read in November 2026.

export const types = { command: 2, component: 3, autocomplete: 4, modal: 5 };
export const flags = { ephemeral: 1 << 6, v2: 1 << 15 };

const applicationID = "1420000000000000001";
const guildID = "1420000000000000002";
const permissions = 2248473465835073n;
const manageServer = 1n << 5n;

const user = (id, username, name, bot = false) => ({
  id, username, global_name: name, avatar: null, discriminator: "0", public_flags: 0, flags: 0, bot, banner: null,
  accent_color: null, avatar_decoration_data: null, collectibles: null, clan: null, primary_guild: null,
});

// The people of the playground. The first may manage the server; each sees only their own private replies.
export const members = [user("1420000000000000004", "camille", "Camille"), user("1420000000000000005", "dominique", "Dominique")];
export const application = user(applicationID, "Verbatim", null, true);
export const moderates = (who) => who === members[0];
export const names = Object.fromEntries([...members, application].map((u) => [u.id, u.global_name ?? u.username]));

// The two rooms: a channel of a server, and a member's direct messages with the application.
export const rooms = {
  guild: { id: "1420000000000000003", direct: false },
  direct: { id: "1420000000000000006", direct: true },
};

// The channels that the server has. Only the first can be entered.
export const channels = [
  { id: rooms.guild.id, name: "questions" }, { id: "1420000000000000007", name: "annonces" }, { id: "1420000000000000008", name: "entraide" },
];

// channelNames are those of the channels by ID, for mentions.
export const channelNames = Object.fromEntries(channels.map((c) => [c.id, c.name]));

// resolvedChannels returns channels as an interaction tells of those that were chosen.
export const resolvedChannels = (ids) => Object.fromEntries(ids.map((id) => [id, {
  id, type: 0, name: channelNames[id], parent_id: null, permissions: String(permissions),
}]));

const epoch = 1420070400000n; // the first second of 2015
let increment = 0n;

// snowflake returns a new ID, which holds the time as Discord's do.
export function snowflake() {
  increment = (increment + 1n) & 0xfffn;
  return String(((BigInt(Date.now()) - epoch) << 22n) | increment);
}

function channelOf(room) {
  const channel = { id: room.id, type: room.direct ? 1 : 0, flags: 0, last_message_id: room.messages.at(-1)?.message.id ?? null };
  if (room.direct) return channel;
  return { ...channel, guild_id: guildID, name: "questions", topic: null, position: 1, parent_id: null, nsfw: false, permissions: String(permissions), rate_limit_per_user: 0 };
}

const owners = (room, who) => (room.direct ? { 1: who.id } : { 0: guildID });

// interaction returns what an application gets when a member does something in a room. The message is
// the one that a component stands in.
export function interaction(type, data, { room, who, locale, message }) {
  const place = room.direct ? { user: who } : {
    guild_id: guildID, guild: { id: guildID, locale: "fr", features: [] }, guild_locale: "fr",
    member: {
      user: who, roles: [], joined_at: "2025-06-01T09:00:00.000000+00:00", premium_since: null, deaf: false, mute: false,
      pending: false, nick: null, avatar: null, banner: null, permissions: String(moderates(who) ? permissions | manageServer : permissions), communication_disabled_until: null, flags: 0,
      unusual_dm_activity_until: null,
    },
  };
  return {
    id: snowflake(), application_id: applicationID, type, token: "playground", version: 1, data,
    ...(message ? { message } : {}),
    channel_id: room.id, channel: channelOf(room), ...place,
    context: room.direct ? 1 : 0, authorizing_integration_owners: owners(room, who), locale,
    app_permissions: String(permissions), entitlements: [], entitlement_sku_ids: [], attachment_size_limit: 10485760,
  };
}

const timestamp = () => new Date().toISOString().replace("Z", "000+00:00");

const bare = (room, author) => ({
  id: snowflake(), channel_id: room.id, type: 0, content: "", author, attachments: [], embeds: [], mentions: [],
  mention_roles: [], mention_everyone: false, pinned: false, tts: false, timestamp: timestamp(), edited_timestamp: null,
  flags: 0, components: [],
});

// written returns a message that a member typed.
export const written = (room, who, content) => ({ ...bare(room, who), content });

const slash = 20, menu = 23, reply = 19; // the types of messages that answer a command or a component

// replied returns the message that an application's reply to an interaction becomes. command names the one that
// opened the window which was sent, if any.
export function replied(room, request, data, command) {
  const who = request.member?.user ?? request.user;
  const onComponent = request.message !== undefined;
  const name = onComponent ? request.message.interaction_metadata?.name : request.data.name ?? command;
  const metadata = {
    id: request.id, type: request.type, user: who, authorizing_integration_owners: request.authorizing_integration_owners,
    ...(name === undefined ? {} : { name }),
    ...(onComponent ? { interacted_message_id: request.message.id } : { command_type: request.data.type }),
  };
  return {
    ...bare(room, application),
    type: onComponent ? reply : request.data.type === 3 ? menu : slash,
    ...fields(data),
    application_id: applicationID, webhook_id: applicationID, interaction_metadata: metadata,
    ...(onComponent ? { message_reference: { type: 0, channel_id: room.id, message_id: request.message.id } } : {
      interaction: { id: request.id, type: request.type, name: name ?? "", user: who },
    }),
    // A message menu's reply hangs on the message that it was opened on.
    ...(request.data.target_id ? { message_reference: { type: 0, channel_id: room.id, message_id: request.data.target_id } } : {}),
  };
}

// update changes a message as an application's reply of type 7 says. It stays as private as it was.
export function update(message, data) {
  const kept = message.flags & flags.ephemeral;
  const changed = fields(data);
  Object.assign(message, changed, { flags: (changed.flags & ~flags.ephemeral) | kept, edited_timestamp: timestamp() });
}

// edit changes a message as an application's edit of it says: what the edit lacks stays.
export function edit(message, data) {
  Object.assign(message, {
    ...(data.content === undefined ? {} : { content: data.content }),
    ...(data.components ? { components: numbered(structuredClone(data.components)) } : {}),
    flags: message.flags | (data.flags ?? 0),
  });
}

const fields = (data) => ({
  content: data.content ?? "", embeds: data.embeds ?? [], flags: data.flags ?? 0,
  components: numbered(structuredClone(data.components ?? [])),
});

// numbered gives components the IDs that Discord gives them: 1, 2, 3… from top to bottom, where there is none.
function numbered(components) {
  const taken = new Set();
  each(components, (c) => c.id && taken.add(c.id));
  let next = 1;
  each(components, (c) => {
    if (c.id) return;
    while (taken.has(next)) next++;
    taken.add(next);
    c.id = next;
  });
  return components;
}

// each calls f with every component, those that hold others first.
export function each(components, f) {
  for (const c of components) {
    f(c);
    each(c.components ?? [], f);
    each([c.component, c.accessory].filter(Boolean), f);
  }
}

// textOf returns what a message says: its content, or its text displays.
export function textOf(message) {
  const found = [];
  each(message.components, (c) => c.type === 10 && found.push(c.content));
  return message.content || found.join("\n");
}
