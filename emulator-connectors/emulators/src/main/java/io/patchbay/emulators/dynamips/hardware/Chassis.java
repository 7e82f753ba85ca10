package io.patchbay.emulators.dynamips.hardware;

import io.patchbay.spi.LabException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model of router: its slots and what fits into them.
 *
 * @param model such as {@code 3640}; empty for platforms that have one model only
 * @param slots from slot 0 on
 * @param wicPlaces how many WICs its mainboard takes
 */
public record Chassis(Platform platform, Optional<String> model, List<Slot> slots, int wicPlaces) {

  /**
   * A slot.
   *
   * @param builtIn what is in there for good; empty if it can be filled
   * @param fits what may be put in; empty if nothing may
   */
  public record Slot(Optional<Card> builtIn, Set<Card> fits) {
    private static Slot fixed(Card card) {
      return new Slot(Optional.of(card), Set.of());
    }

    private static Slot open(Set<Card> cards) {
      return new Slot(Optional.empty(), cards);
    }
  }

  private static final Map<String, Card> C2600_MAINBOARDS =
      Map.of(
          "2610", Card.C2600_MB_1E,
          "2611", Card.C2600_MB_2E,
          "2620", Card.C2600_MB_1FE,
          "2621", Card.C2600_MB_2FE,
          "2610XM", Card.C2600_MB_1FE,
          "2611XM", Card.C2600_MB_2FE,
          "2620XM", Card.C2600_MB_1FE,
          "2621XM", Card.C2600_MB_2FE,
          "2650XM", Card.C2600_MB_1FE,
          "2651XM", Card.C2600_MB_2FE);

  private static final Set<String> C1700_ONE_SLOT = Set.of("1720", "1721", "1750");
  private static final Set<String> C1700_TWO_SLOTS = Set.of("1751", "1760");
  private static final int C7200_ADAPTERS = 6;

  /**
   * @param model the one that is wanted; empty for the platform's default
   * @throws LabException (CONFLICT) if the platform has no such model
   */
  public static Chassis of(Platform platform, Optional<String> model) {
    Optional<String> chosen = model.or(platform::defaultChassis);
    if (chosen.isPresent() && platform.defaultChassis().isEmpty()) {
      throw LabException.conflict(platform.wireName() + " routers do not have chassis");
    }
    return switch (platform) {
      case C1700 -> c1700(chosen.orElseThrow());
      case C2600 -> c2600(chosen.orElseThrow());
      case C3600 -> c3600(chosen.orElseThrow());
      case C2691 -> mainboard(platform, Optional.empty(), Card.GT96100_FE, 1, 3);
      case C3725 -> mainboard(platform, Optional.empty(), Card.GT96100_FE, 2, 3);
      case C3745 -> mainboard(platform, Optional.empty(), Card.GT96100_FE, 4, 3);
      case C7200 -> c7200();
    };
  }

  private static Chassis c1700(String model) {
    Slot board = Slot.fixed(Card.C1700_MB_1FE);
    if (C1700_TWO_SLOTS.contains(model)) {
      return new Chassis(
          Platform.C1700, Optional.of(model), List.of(board, Slot.fixed(Card.C1700_MB_WIC1)), 2);
    }
    if (C1700_ONE_SLOT.contains(model)) {
      return new Chassis(Platform.C1700, Optional.of(model), List.of(board), 2);
    }
    throw unknown(Platform.C1700, model);
  }

  private static Chassis c2600(String model) {
    Card board = C2600_MAINBOARDS.get(model);
    if (board == null) {
      throw unknown(Platform.C2600, model);
    }
    return mainboard(Platform.C2600, Optional.of(model), board, 1, 3);
  }

  private static Chassis c3600(String model) {
    Slot open = Slot.open(Platform.C3600.modules());
    List<Slot> slots =
        switch (model) {
          case "3620" -> List.of(open, open);
          case "3640" -> List.of(open, open, open, open);
          case "3660" -> List.of(Slot.fixed(Card.LEOPARD_2FE), open, open, open, open, open, open);
          default -> throw unknown(Platform.C3600, model);
        };
    return new Chassis(Platform.C3600, Optional.of(model), slots, 0);
  }

  private static Chassis mainboard(
      Platform platform, Optional<String> model, Card board, int modules, int wics) {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.fixed(board));
    for (int i = 0; i < modules; i++) {
      slots.add(Slot.open(platform.modules()));
    }
    return new Chassis(platform, model, List.copyOf(slots), wics);
  }

  private static Chassis c7200() {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.open(EnumSet.of(Card.C7200_IO_FE, Card.C7200_IO_2FE, Card.C7200_IO_GE_E)));
    for (int i = 0; i < C7200_ADAPTERS; i++) {
      slots.add(Slot.open(Platform.C7200.modules()));
    }
    return new Chassis(Platform.C7200, Optional.empty(), List.copyOf(slots), 0);
  }

  private static LabException unknown(Platform platform, String model) {
    return LabException.conflict("There is no chassis " + model + " of " + platform.wireName());
  }

  /** Whether a card may be inserted and removed while the router runs. */
  boolean isSwappable(Card card) {
    boolean hasHotSwap = platform != Platform.C3600 || model.filter("3660"::equals).isPresent();
    return hasHotSwap && platform.swappable().contains(card);
  }
}
