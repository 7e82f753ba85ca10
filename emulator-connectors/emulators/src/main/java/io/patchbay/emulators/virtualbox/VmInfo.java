package io.patchbay.emulators.virtualbox;

import io.patchbay.spi.LabException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@code VBoxManage showvminfo --machinereadable} tells of a machine.
 *
 * @param values as they are, without their quotes
 */
record VmInfo(Map<String, String> values) {
  /** Adapters that their owner has given another use. */
  private static final Set<String> ELSEWHERE =
      Set.of("nat", "bridged", "intnet", "hostonly", "natnetwork", "hostonlynetwork", "cloud");

  private static final Pattern ATTACHMENT = Pattern.compile("(.+)-(\\d+)-(\\d+)");

  private static final int MOST_ADAPTERS = 36;

  /** A disk and where it is attached. */
  record Attachment(String controller, int port, int device, Path medium) {}

  static VmInfo of(List<String> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(
            unquoted(line.substring(0, equals)), unquoted(line.substring(equals + 1)));
      }
    }
    return new VmInfo(values);
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private String required(String name) {
    return Optional.ofNullable(values.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> LabException.conflict("VBoxManage does not tell the " + name + " of a machine"));
  }

  String id() {
    return required("UUID");
  }

  String name() {
    return required("name");
  }

  /** Such as {@code poweroff} or {@code running}. */
  String state() {
    return required("VMState");
  }

  boolean isOff() {
    // The last: it was killed.
    return Set.of("poweroff", "aborted").contains(state());
  }

  boolean isSaved() {
    return Set.of("saved", "aborted-saved").contains(state());
  }

  /** In MiB. */
  int memory() {
    String memory = required("memory");
    try {
      return Integer.parseInt(memory);
    } catch (NumberFormatException nonsense) {
      throw LabException.conflict("VBoxManage tells a machine's memory as '" + memory + "'");
    }
  }

  String chipset() {
    return values.getOrDefault("chipset", "piix3");
  }

  Optional<Path> settingsFile() {
    return Optional.ofNullable(values.get("CfgFile")).map(Path::of);
  }

  /** Whether an adapter leads to somewhere of its own. */
  boolean leadsElsewhere(int adapter) {
    return ELSEWHERE.contains(attachment(adapter));
  }

  /**
   * What an adapter, counted from 0, is attached to, in small letters; {@code none}: no adapter.
   */
  String attachment(int adapter) {
    return values.getOrDefault("nic" + (adapter + 1), "none").toLowerCase(Locale.ROOT);
  }

  /** The adapters that it has, counted from 0. */
  IntStream adapters() {
    return IntStream.range(0, MOST_ADAPTERS).filter(number -> !attachment(number).equals("none"));
  }

  boolean hasSnapshot(String name) {
    return values.entrySet().stream()
        .anyMatch(
            entry -> entry.getKey().startsWith("SnapshotName") && entry.getValue().equals(name));
  }

  /** What is attached to its storage controllers and is a file. */
  Stream<Attachment> attachments() {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue().contains("/") || entry.getValue().contains("\\"))
        .flatMap(entry -> attachment(ATTACHMENT.matcher(entry.getKey()), entry.getValue()));
  }

  private static Stream<Attachment> attachment(Matcher place, String medium) {
    return place.matches()
        ? Stream.of(
            new Attachment(
                place.group(1),
                Integer.parseInt(place.group(2)),
                Integer.parseInt(place.group(3)),
                Path.of(medium)))
        : Stream.empty();
  }
}
