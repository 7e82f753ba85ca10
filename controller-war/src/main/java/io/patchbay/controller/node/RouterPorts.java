package io.patchbay.controller.node;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ports of Cisco routers: what the cards in their slots have, and their WICs in slot 0. */
final class RouterPorts {
  /** WICs number their ports from here on, 16 for each. */
  private static final int FIRST_WIC_PORT = 16;

  private record Card(int ports, Port type) {}

  private static final Map<String, Card> CARDS =
      Map.ofEntries(
          Map.entry("C1700-MB-1FE", new Card(1, Port.FAST_ETHERNET)),
          Map.entry("C2600-MB-1E", new Card(1, Port.ETHERNET)),
          Map.entry("C2600-MB-1FE", new Card(1, Port.FAST_ETHERNET)),
          Map.entry("C2600-MB-2E", new Card(2, Port.ETHERNET)),
          Map.entry("C2600-MB-2FE", new Card(2, Port.FAST_ETHERNET)),
          Map.entry("C7200-IO-2FE", new Card(2, Port.FAST_ETHERNET)),
          Map.entry("C7200-IO-FE", new Card(1, Port.FAST_ETHERNET)),
          Map.entry("C7200-IO-GE-E", new Card(1, Port.GIGABIT_ETHERNET)),
          Map.entry("GT96100-FE", new Card(2, Port.FAST_ETHERNET)),
          Map.entry("Leopard-2FE", new Card(2, Port.FAST_ETHERNET)),
          Map.entry("NM-16ESW", new Card(16, Port.FAST_ETHERNET)),
          Map.entry("NM-1E", new Card(1, Port.ETHERNET)),
          Map.entry("NM-1FE-TX", new Card(1, Port.FAST_ETHERNET)),
          Map.entry("NM-4E", new Card(4, Port.ETHERNET)),
          Map.entry("NM-4T", new Card(4, Port.SERIAL)),
          Map.entry("PA-2FE-TX", new Card(2, Port.FAST_ETHERNET)),
          Map.entry("PA-4E", new Card(4, Port.ETHERNET)),
          Map.entry("PA-4T+", new Card(4, Port.SERIAL)),
          Map.entry("PA-8E", new Card(8, Port.ETHERNET)),
          Map.entry("PA-8T", new Card(8, Port.SERIAL)),
          Map.entry("PA-A1", new Card(1, Port.ATM)),
          Map.entry("PA-FE-TX", new Card(1, Port.FAST_ETHERNET)),
          Map.entry("PA-GE", new Card(1, Port.GIGABIT_ETHERNET)),
          Map.entry("PA-POS-OC3", new Card(1, Port.POS)));

  private static final Map<String, Card> WICS =
      Map.of(
          "WIC-1ENET", new Card(1, Port.ETHERNET),
          "WIC-1T", new Card(1, Port.SERIAL),
          "WIC-2T", new Card(2, Port.SERIAL));

  private RouterPorts() {}

  /** Cards that are not known, such as those of newer routers, count for none. */
  static JsonArray of(JsonObject properties) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    int slot = 0;
    int wic = 0;
    int shown = 0;
    for (Map.Entry<String, JsonValue> property : new TreeMap<>(properties).entrySet()) {
      if (property.getKey().startsWith("slot")) {
        Card card = card(CARDS, property.getValue());
        for (int port = 0; port < card.ports(); port++) {
          add(ports, card, slot + "/" + port, slot, port);
        }
        slot++;
      } else if (property.getKey().startsWith("wic")) {
        wic++;
        Card card = card(WICS, property.getValue());
        for (int port = 0; port < card.ports(); port++) {
          add(ports, card, "0/" + shown++, 0, wic * FIRST_WIC_PORT + port);
        }
      }
    }
    return ports.build();
  }

  private static Card card(Map<String, Card> known, JsonValue name) {
    return name instanceof JsonString text
        ? Optional.ofNullable(known.get(text.getString())).orElse(new Card(0, Port.ETHERNET))
        : new Card(0, Port.ETHERNET);
  }

  private static void add(JsonArrayBuilder ports, Card card, String numbers, int slot, int port) {
    ports.add(
        card.type()
            .describe(card.type().name(numbers), card.type().shortName(numbers), slot, port));
  }
}
