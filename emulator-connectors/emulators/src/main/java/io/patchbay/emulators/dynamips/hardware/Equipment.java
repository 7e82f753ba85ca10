package io.patchbay.emulators.dynamips.hardware;

import io.patchbay.emulators.device.Carrier;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is in the slots of a router, and which ports that makes. Immutable.
 *
 * @param cards by slot
 * @param wics by their place on the mainboard
 */
public record Equipment(Chassis chassis, List<Optional<Card>> cards, List<Optional<Wic>> wics) {
  private static final String SLOT = "slot";
  private static final String WIC = "wic";

  /** A card that goes into a slot, or is taken out of it. */
  public record Move(int slot, Card card, boolean in) {}

  /** A router as it is delivered. */
  public static Equipment of(Chassis chassis) {
    List<Optional<Card>> cards = new ArrayList<>();
    chassis.slots().forEach(slot -> cards.add(slot.builtIn()));
    List<Optional<Wic>> wics = new ArrayList<>();
    for (int i = 0; i < chassis.wicPlaces(); i++) {
      wics.add(Optional.empty());
    }
    return new Equipment(chassis, List.copyOf(cards), List.copyOf(wics));
  }

  /** The same with a card in a slot that takes it. */
  public Equipment with(int slot, Card card) {
    List<Optional<Card>> changed = new ArrayList<>(cards);
    changed.set(slot, Optional.of(card));
    return new Equipment(chassis, List.copyOf(changed), wics);
  }

  /**
   * With what a request says of {@code slot0}, {@code wic0} and so on; null and the empty text
   * stand for an empty place. What is built in stays.
   *
   * @throws LabException (CONFLICT) if something does not fit
   */
  public Equipment with(JsonObject request) {
    List<Optional<Card>> changedCards = new ArrayList<>(cards);
    List<Optional<Wic>> changedWics = new ArrayList<>(wics);
    request.forEach(
        (name, value) -> {
          String wanted = value instanceof JsonString text ? text.getString() : "";
          if (name.matches(SLOT + "\\d")) {
            insert(changedCards, place(name), wanted);
          } else if (name.matches(WIC + "\\d")) {
            install(changedWics, place(name), wanted);
          }
        });
    return new Equipment(chassis, List.copyOf(changedCards), List.copyOf(changedWics));
  }

  private static int place(String name) {
    return name.charAt(name.length() - 1) - '0';
  }

  private void insert(List<Optional<Card>> changed, int slot, String wanted) {
    if (slot >= changed.size()) {
      if (!wanted.isEmpty()) {
        throw LabException.conflict("Slot " + slot + " doesn't exist on this router");
      }
      return;
    }
    Chassis.Slot place = chassis.slots().get(slot);
    if (place.builtIn().isPresent()) {
      requireBuiltIn(slot, place.builtIn().get(), wanted);
      return;
    }
    if (wanted.isEmpty()) {
      changed.set(slot, Optional.empty());
      return;
    }
    Card card =
        Card.named(wanted)
            .filter(place.fits()::contains)
            .orElseThrow(() -> LabException.conflict(wanted + " does not fit into slot " + slot));
    changed.set(slot, Optional.of(card));
  }

  /** Clients name the mainboard of another chassis, as their templates do not know better. */
  private void requireBuiltIn(int slot, Card builtIn, String wanted) {
    boolean mainboard =
        wanted.isEmpty()
            || Card.named(wanted)
                .filter(card -> chassis.platform().modules().stream().noneMatch(card::equals))
                .isPresent();
    if (!mainboard) {
      throw LabException.conflict(
          wanted + " does not fit into slot " + slot + ", which has " + builtIn.wireName());
    }
  }

  private void install(List<Optional<Wic>> changed, int place, String wanted) {
    if (wanted.isEmpty()) {
      if (place < changed.size()) {
        changed.set(place, Optional.empty());
      }
      return;
    }
    if (place >= changed.size()) {
      throw LabException.conflict("WIC slot " + place + " doesn't exist on this router");
    }
    changed.set(
        place,
        Wic.named(wanted)
            .filter(chassis.platform().wics()::contains)
            .map(Optional::of)
            .orElseThrow(
                () -> LabException.conflict(wanted + " does not fit into WIC slot " + place)));
  }

  /** What each port carries, in the order of their numbers. */
  public SequencedMap<PortAddress, Carrier> ports() {
    SequencedMap<PortAddress, Carrier> ports = new LinkedHashMap<>();
    for (int slot = 0; slot < cards.size(); slot++) {
      if (cards.get(slot).isPresent()) {
        Card card = cards.get(slot).get();
        add(ports, slot, 0, card.ports(), card.carrier());
      }
    }
    for (int place = 0; place < wics.size(); place++) {
      if (wics.get(place).isPresent()) {
        Wic wic = wics.get(place).get();
        add(ports, 0, Wic.firstPort(place), wic.ports(), wic.carrier());
      }
    }
    return ports;
  }

  private static void add(
      Map<PortAddress, Carrier> ports, int slot, int first, int count, Carrier carrier) {
    for (int port = 0; port < count; port++) {
      ports.put(new PortAddress(slot, first + port), carrier);
    }
  }

  /**
   * What has to be moved to get from this to another equipment of a router that runs.
   *
   * @throws LabException (CONFLICT) if that is not possible while it runs
   */
  public List<Move> movesWhileRunning(Equipment wanted) {
    if (!chassis.equals(wanted.chassis()) || !wics.equals(wanted.wics())) {
      throw LabException.conflict("WICs and chassis cannot be changed while the router runs");
    }
    List<Move> moves = new ArrayList<>();
    for (int slot = 0; slot < cards.size(); slot++) {
      Optional<Card> now = cards.get(slot);
      Optional<Card> next = wanted.cards().get(slot);
      if (!now.equals(next)) {
        int place = slot;
        now.ifPresent(card -> moves.add(swap(place, card, false)));
        next.ifPresent(card -> moves.add(swap(place, card, true)));
      }
    }
    return moves;
  }

  private Move swap(int slot, Card card, boolean in) {
    if (!chassis.isSwappable(card)) {
      throw LabException.conflict(
          "Adapter "
              + card.wireName()
              + (in ? " cannot be added" : " cannot be removed")
              + " while the router is running");
    }
    return new Move(slot, card, in);
  }

  /** Adds {@code slot0} and so on as the wire has them. */
  public void describe(JsonObjectBuilder node) {
    for (int slot = 0; slot < cards.size(); slot++) {
      describe(node, SLOT + slot, cards.get(slot).map(Card::wireName));
    }
    for (int place = 0; place < wics.size(); place++) {
      describe(node, WIC + place, wics.get(place).map(Wic::wireName));
    }
  }

  private static void describe(JsonObjectBuilder node, String field, Optional<String> name) {
    name.ifPresentOrElse(text -> node.add(field, text), () -> node.addNull(field));
  }
}
