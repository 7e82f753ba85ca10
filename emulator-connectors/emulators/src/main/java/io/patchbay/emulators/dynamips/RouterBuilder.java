package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Card;
import io.patchbay.emulators.dynamips.hardware.Chassis;
import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hardware.RouterSettings;
import io.patchbay.emulators.dynamips.hardware.Wic;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells a hypervisor what a router is. */
final class RouterBuilder {
  private static final String NPE = "npe";
  private static final String SYSTEM_ID = "system_id";
  private static final String DEFAULT_SYSTEM_ID = "FTX0945W0MY";
  private static final String SENSORS = "sensors";
  private static final String POWER_SUPPLIES = "power_supplies";
  private static final int NORMAL_TEMPERATURE = 22;

  private RouterBuilder() {}

  /** The model decides what is built in, so it comes first. */
  static void chooseModel(Instance instance, RouterProfile profile) {
    RouterSettings settings = profile.settings();
    if (settings.has(NPE)) {
      instance.setOfPlatform(NPE, settings.text(NPE));
      instance.setOfPlatform("midplane", settings.text("midplane"));
    }
    profile
        .chassis()
        .model()
        .filter(model -> !profile.platform().defaultChassis().equals(Optional.of(model)))
        .ifPresent(model -> instance.setOfPlatform("chassis", model));
  }

  static void insertCards(Instance instance, Equipment equipment) {
    List<Chassis.Slot> slots = equipment.chassis().slots();
    for (int slot = 0; slot < slots.size(); slot++) {
      Optional<Card> card = equipment.cards().get(slot);
      if (slots.get(slot).builtIn().isEmpty() && card.isPresent()) {
        instance.insert(slot, 0, card.get().wireName());
      }
    }
    for (int place = 0; place < equipment.wics().size(); place++) {
      Optional<Wic> wic = equipment.wics().get(place);
      if (wic.isPresent()) {
        instance.insert(0, Wic.firstPort(place), wic.get().wireName());
      }
    }
  }

  /**
   * @param ghost memory content that is shared; empty for memory of its own
   */
  static void configure(
      Instance instance, RouterProfile profile, RouterFiles files, Optional<Path> ghost) {
    RouterSettings settings = profile.settings();
    instance.setOfPlatform("mac_addr", settings.text("mac_addr"));
    if (!settings.text(SYSTEM_ID).equals(DEFAULT_SYSTEM_ID)) {
      instance.setOfPlatform(SYSTEM_ID, settings.text(SYSTEM_ID));
    }
    if (settings.has("iomem")) {
      instance.setOfPlatform("iomem", settings.number("iomem"));
    }
    instance.set("ios", profile.image());
    instance.set("ram", settings.number("ram"));
    instance.set("nvram", settings.number("nvram"));
    instance.set("ram_mmap", settings.flag("mmap") ? 1 : 0);
    instance.set("sparse_mem", settings.flag("sparsemem") ? 1 : 0);
    instance.set("clock_divisor", settings.number("clock_divisor"));
    instance.set("idle_pc", idlePc(settings));
    instance.set("exec_area", settings.number("exec_area"));
    instance.set("disk0", settings.number("disk0"));
    instance.set("disk1", settings.number("disk1"));
    ghost.ifPresent(
        file -> {
          instance.set("ghost_status", 2);
          instance.set("ghost_file", file);
        });
    files.startup().ifPresent(startup -> instance.configs(startup, files.secrets()));
  }

  private static String idlePc(RouterSettings settings) {
    String value = settings.text("idlepc");
    return value.isEmpty() ? "0x0" : value;
  }

  /** What a router takes only once it runs. */
  static void tune(Instance instance, RouterSettings settings) {
    instance.idleNow("idle_max", settings.number("idlemax"));
    instance.idleNow("idle_sleep_time", settings.number("idlesleep"));
    if (settings.has(SENSORS)) {
      if (settings.numbers(SENSORS).stream().anyMatch(degrees -> degrees != NORMAL_TEMPERATURE)) {
        number(instance, "temp_sensor", settings.numbers(SENSORS));
      }
      if (settings.numbers(POWER_SUPPLIES).contains(0)) {
        number(instance, "power_supply", settings.numbers(POWER_SUPPLIES));
      }
    }
  }

  private static void number(Instance instance, String setting, List<Integer> values) {
    for (int i = 0; i < values.size(); i++) {
      instance.setOfPlatform(setting, i, values.get(i));
    }
  }

  /** Changes what can be changed of a router that runs; the rest waits for its next start. */
  static void retune(Instance instance, RouterSettings now, RouterSettings wanted) {
    if (!idlePc(now).equals(idlePc(wanted))) {
      instance.idlePcNow(idlePc(wanted));
    }
    if (now.number("idlemax") != wanted.number("idlemax")) {
      instance.idleNow("idle_max", wanted.number("idlemax"));
    }
    if (now.number("idlesleep") != wanted.number("idlesleep")) {
      instance.idleNow("idle_sleep_time", wanted.number("idlesleep"));
    }
    if (now.has(SENSORS)) {
      if (!now.numbers(SENSORS).equals(wanted.numbers(SENSORS))) {
        number(instance, "temp_sensor", wanted.numbers(SENSORS));
      }
      if (!now.numbers(POWER_SUPPLIES).equals(wanted.numbers(POWER_SUPPLIES))) {
        number(instance, "power_supply", wanted.numbers(POWER_SUPPLIES));
      }
    }
  }
}
