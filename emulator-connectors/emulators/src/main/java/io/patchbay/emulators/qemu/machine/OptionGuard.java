package io.patchbay.emulators.qemu.machine;

import io.patchbay.spi.LabException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which options a user may add who must not reach the files, devices and network of this machine.
 * What is not known to be harmless is refused: QEMU has hundreds of options, and new ones come.
 */
final class OptionGuard {
  private static final Predicate<String> PLAIN = value -> !namesHostThing(value);

  /** Options without a value. */
  private static final Set<String> FLAGS =
      Set.of(
          "-enable-kvm",
          "-no-reboot",
          "-no-shutdown",
          "-no-acpi",
          "-no-hpet",
          "-no-fd-bootchk",
          "-nodefaults",
          "-no-user-config",
          "-nographic",
          "-usb",
          "-snapshot",
          "-S",
          "-win2k-hack",
          "-rtc-td-hack",
          "-full-screen",
          "-no-frame",
          "-no-quit");

  /** Options with a value that passes the test. */
  private static final Map<String, Predicate<String>> VALUES =
      Map.ofEntries(
          Map.entry("-machine", PLAIN),
          Map.entry("-M", PLAIN),
          Map.entry("-accel", PLAIN),
          Map.entry("-cpu", value -> !value.startsWith("{")),
          Map.entry("-smp", PLAIN),
          Map.entry("-m", PLAIN),
          Map.entry("-numa", PLAIN),
          Map.entry("-boot", PLAIN),
          Map.entry("-name", PLAIN),
          Map.entry("-uuid", PLAIN),
          Map.entry("-rtc", PLAIN),
          Map.entry("-icount", PLAIN),
          Map.entry("-vga", PLAIN),
          Map.entry("-g", PLAIN),
          Map.entry("-watchdog", PLAIN),
          Map.entry("-watchdog-action", PLAIN),
          Map.entry("-action", PLAIN),
          Map.entry("-balloon", PLAIN),
          Map.entry("-soundhw", PLAIN),
          Map.entry("-smbios", PLAIN),
          Map.entry("-fw_cfg", PLAIN),
          Map.entry("-prom-env", PLAIN),
          Map.entry("-append", value -> true),
          Map.entry("-global", OptionGuard::isHarmlessDevice),
          Map.entry("-device", OptionGuard::isHarmlessDevice),
          Map.entry("-k", Pattern.compile("[A-Za-z0-9-]+").asMatchPredicate()),
          Map.entry("-display", Set.of("none")::contains),
          Map.entry("-audio", Set.of("none")::contains),
          Map.entry("-usbdevice", Set.of("tablet", "mouse", "keyboard")::contains),
          Map.entry("-serial", Set.of("none", "null", "vc")::contains),
          Map.entry("-parallel", Set.of("none", "null", "vc")::contains),
          // Whoever reaches the monitor, by a screen too, may do anything on the server.
          Map.entry("-monitor", Set.of("none", "null")::contains),
          Map.entry("-chardev", startsWith("null", "ringbuf", "spicevmc", "vc")),
          Map.entry("-object", startsWith("rng-builtin", "iothread", "memory-backend-ram")));

  /** Devices that stand for something of the host, or read a file whatever they call it. */
  private static final Pattern HOST_DEVICES =
      Pattern.compile(
          "(vfio|vhost|usb-host|usb-mtp|usb-redir|scsi-generic|scsi-block|pci-assign|ivshmem|loader"
              + "|guest-loader|generic-loader|virtio-9p|ipmi|u2f|ccid|x-).*");

  /** What names a file, a device or an address of the host, in whatever option. */
  private static final Pattern HOST_KEYS =
      Pattern.compile(
          ".*(file|path|dir|host|sysfs|socket|bitmap|splash|dtb|firmware|pflash|fd|script|helper).*"
              + "|kernel|initrd|device");

  private OptionGuard() {}

  /**
   * @throws LabException (INVALID) if one is not allowed
   */
  static void check(List<String> options) {
    for (int i = 0; i < options.size(); i++) {
      // QEMU takes two dashes for one.
      String option = options.get(i).replaceFirst("^--", "-");
      if (FLAGS.contains(option)) {
        continue;
      }
      Predicate<String> test =
          Optional.ofNullable(VALUES.get(option)).orElseThrow(refusal(options.get(i)));
      i++;
      if (i == options.size() || !test.test(options.get(i))) {
        throw refusal(option + " " + (i == options.size() ? "" : options.get(i))).get();
      }
    }
  }

  private static Supplier<LabException> refusal(String what) {
    return () ->
        LabException.invalid(
            "Forbidden additional option: "
                + what.strip()
                + ". Options that reach files, devices or the network of the server are allowed on"
                + " a local server only, or with patchbay.qemu.unsafe-options");
  }

  private static Predicate<String> startsWith(String... names) {
    return value -> Arrays.asList(names).contains(value.split(",")[0]) && PLAIN.test(value);
  }

  private static boolean isHarmlessDevice(String value) {
    return !value.contains("driver") && !HOST_DEVICES.matcher(value).matches() && PLAIN.test(value);
  }

  private static boolean namesHostThing(String value) {
    // JSON says the same in ways that are not looked into here.
    return value.startsWith("{")
        || Arrays.stream(value.split(","))
            .map(part -> part.split("=", 2))
            .anyMatch(part -> part.length == 2 && HOST_KEYS.matcher(part[0]).matches());
  }
}
