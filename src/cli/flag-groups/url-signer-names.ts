/**
 * Whose signatures hold for one address only, so that it has to be known: those whose rule signs `{url}`. Apart from the
 * schemes, since the words of help need no more than the names.
 */
export const urlSignerNames = ["Twilio", "Square", "HubSpot", "Trello"] as const;
