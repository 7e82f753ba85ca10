package io.patchbay.emulators.dynamips.hardware;

import static io.patchbay.emulators.dynamips.hardware.Card.NM_16ESW;
import static io.patchbay.emulators.dynamips.hardware.Card.NM_1E;
import static io.patchbay.emulators.dynamips.hardware.Card.NM_1FE_TX;
import static io.patchbay.emulators.dynamips.hardware.Card.NM_4E;
import static io.patchbay.emulators.dynamips.hardware.Card.NM_4T;
import static io.patchbay.emulators.dynamips.hardware.Wic.WIC_1ENET;
import static io.patchbay.emulators.dynamips.hardware.Wic.WIC_1T;
import static io.patchbay.emulators.dynamips.hardware.Wic.WIC_2T;

import io.patchbay.spi.LabException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The families of routers that Dynamips emulates, with what fits into them. */
public enum Platform {
  C1700("d0", "1720", Set.of(), EnumSet.of(WIC_1T, WIC_2T, WIC_1ENET), Set.of()),
  C2600("c8", "2610", EnumSet.of(NM_1E, NM_4E, NM_1FE_TX, NM_16ESW), serialWics(), Set.of()),
  C2691("c0", EnumSet.of(NM_1FE_TX, NM_16ESW, NM_4T), serialWics(), Set.of()),
  C3600(
      "cc",
      "3640",
      EnumSet.of(NM_1E, NM_4E, NM_1FE_TX, NM_16ESW, NM_4T),
      Set.of(),
      EnumSet.of(NM_1E, NM_4E, NM_1FE_TX, NM_16ESW, NM_4T)),
  C3725("c2", EnumSet.of(NM_1FE_TX, NM_16ESW, NM_4T), serialWics(), Set.of()),
  C3745("c4", EnumSet.of(NM_1FE_TX, NM_16ESW, NM_4T), serialWics(), EnumSet.of(NM_4T)),
  C7200("ca", portAdapters(), Set.of(), portAdapters());

  private final String macPrefix;
  private final Optional<String> defaultChassis;
  private final Set<Card> modules;
  private final Set<Wic> wics;
  private final Set<Card> swappable;

  Platform(String macPrefix, Set<Card> modules, Set<Wic> wics, Set<Card> swappable) {
    this(macPrefix, Optional.empty(), modules, wics, swappable);
  }

  Platform(
      String macPrefix, String chassis, Set<Card> modules, Set<Wic> wics, Set<Card> swappable) {
    this(macPrefix, Optional.of(chassis), modules, wics, swappable);
  }

  Platform(
      String macPrefix,
      Optional<String> defaultChassis,
      Set<Card> modules,
      Set<Wic> wics,
      Set<Card> swappable) {
    this.macPrefix = macPrefix;
    this.defaultChassis = defaultChassis;
    this.modules = modules;
    this.wics = wics;
    this.swappable = swappable;
  }

  private static Set<Wic> serialWics() {
    return EnumSet.of(WIC_1T, WIC_2T);
  }

  private static Set<Card> portAdapters() {
    return EnumSet.range(Card.PA_2FE_TX, Card.PA_POS_OC3);
  }

  /**
   * @throws LabException (CONFLICT) if there is no such platform
   */
  public static Platform named(String wireName) {
    return Arrays.stream(values())
        .filter(platform -> platform.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> LabException.conflict("There is no router platform " + wireName));
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first octet of a hardware address as Dynamips chooses it, in hexadecimal. */
  public String macPrefix() {
    return macPrefix;
  }

  /** That of a router that was given none; empty where there is only one. */
  public Optional<String> defaultChassis() {
    return defaultChassis;
  }

  /** What fits into slots that are not part of the mainboard. */
  Set<Card> modules() {
    return modules;
  }

  public Set<Wic> wics() {
    return wics;
  }

  /** What may be inserted and removed while the router runs, where the chassis allows it. */
  Set<Card> swappable() {
    return swappable;
  }
}
