import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

const PRICE: JsonFields = { currency: "EUR", value: 1000 };

function notification(type: string, fields: (make: Maker) => JsonFields, reason = ""): Sample {
  return {
    type,
    build: (make) => ({
      live: "false",
      notificationItems: [
        {
          NotificationRequestItem: {
            additionalData: {},
            amount: PRICE,
            eventCode: type,
            eventDate: `${isoSeconds(make.atMs).slice(0, 19)}+00:00`,
            merchantAccountCode: "ExampleMerchantECOM",
            merchantReference: make.ids.digits("reference", 8),
            ...fields(make),
            pspReference: make.eventId,
            reason,
            success: "true",
          },
        },
      ],
    }),
  };
}

function payment(): JsonFields {
  return { operations: ["CANCEL", "CAPTURE", "REFUND"], paymentMethod: "visa" };
}

function later({ ids }: Maker): JsonFields {
  return { originalReference: ids.capitals("payment", 16), paymentMethod: "visa" };
}

export const adyen: Samples = {
  provider: "adyen",
  source: "https://docs.adyen.com/development-resources/webhooks/webhook-types",
  types: [
    notification("AUTHORISATION", payment, "033899:1111:03/2030"),
    notification("CAPTURE", () => ({})),
    notification("CANCELLATION", () => ({})),
    notification("REFUND", later),
    notification("CHARGEBACK", later),
  ],
  eventId: (own) => own.capitals("event", 16),
};

function platform(type: string, data: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      data: data(make),
      environment: "test",
      timestamp: isoSeconds(make.atMs),
      type,
    }),
  };
}

function holder({ ids }: Maker): JsonFields {
  return {
    balancePlatform: "ExamplePlatform",
    accountHolder: {
      id: `AH${ids.capitals("holder", 22)}`,
      description: "Example account holder",
      legalEntityId: `LE${ids.capitals("entity", 22)}`,
      reference: "example-holder",
      status: "active",
    },
  };
}

function balanceAccount({ ids }: Maker): JsonFields {
  return {
    balancePlatform: "ExamplePlatform",
    balanceAccount: {
      id: `BA${ids.capitals("account", 22)}`,
      accountHolderId: `AH${ids.capitals("holder", 22)}`,
      defaultCurrencyCode: "EUR",
      status: "active",
    },
  };
}

export const adyenPlatform: Samples = {
  provider: "adyen-platform",
  source: "https://docs.adyen.com/api-explorer/balance-webhooks/latest/overview",
  types: [
    platform("balancePlatform.accountHolder.created", holder),
    platform("balancePlatform.accountHolder.updated", holder),
    platform("balancePlatform.balanceAccount.created", balanceAccount),
    platform("balancePlatform.balanceAccount.updated", balanceAccount),
  ],
  eventId: (own) => own.uuid("event"),
  snapshot: "data",
};
