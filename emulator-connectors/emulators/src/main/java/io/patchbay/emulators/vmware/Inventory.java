package io.patchbay.emulators.vmware;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machines that VMware knows of, in its own files.
 *
 * @param home directory of the user whose they are
 */
record Inventory(Path home) {
  private static final System.Logger LOG = System.getLogger(Inventory.class.getName());

  private static final Pattern ENTRY = Pattern.compile("(vmlist\\d+)\\.(.+)");
  private static final Pattern RECENT = Pattern.compile("(pref\\.mruvm\\d+)\\.filename");
  private static final String NAME = "displayname";
  private static final int DEEPEST = 4;

  /** A machine with its settings file. */
  record Machine(String name, Path vmx) {}

  private static boolean isMac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
  }

  private Path list() {
    return home.resolve(
        isMac()
            ? "Library/Application Support/VMware Fusion/vmInventory"
            : ".vmware/inventory.vmls");
  }

  private Path preferences() {
    return home.resolve(
        isMac() ? "Library/Preferences/VMware Fusion/preferences" : ".vmware/preferences");
  }

  private Path usualPlace() {
    return home.resolve(isMac() ? "Documents/Virtual Machines.localized" : "vmware");
  }

  /**
   * Those that are there.
   *
   * @param listed whether the product keeps a list; a Player does not, though one may be left of a
   *     Workstation
   */
  List<Machine> machines(boolean listed) {
    List<Machine> machines = new ArrayList<>(listed ? fromList() : List.of());
    if (machines.isEmpty()) {
      Map<String, String> preferences = values(preferences());
      Path place =
          Optional.ofNullable(preferences.get("prefvmx.defaultvmpath"))
              .map(Path::of)
              .filter(Files::isDirectory)
              .orElseGet(this::usualPlace);
      machines.addAll(below(place));
      recent(preferences)
          .filter(recent -> machines.stream().noneMatch(known -> known.vmx().equals(recent.vmx())))
          .forEach(machines::add);
    }
    return List.copyOf(machines);
  }

  private List<Machine> fromList() {
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    values(list())
        .forEach(
            (key, value) -> {
              Matcher entry = ENTRY.matcher(key);
              if (entry.matches()) {
                entries
                    .computeIfAbsent(entry.group(1), name -> new LinkedHashMap<>())
                    .put(entry.group(2), value);
              }
            });
    return entries.values().stream()
        .filter(entry -> entry.containsKey(NAME) && entry.containsKey("config"))
        .map(entry -> new Machine(entry.get(NAME), Path.of(entry.get("config"))))
        .filter(machine -> Files.isRegularFile(machine.vmx()))
        .toList();
  }

  private static Stream<Machine> recent(Map<String, String> preferences) {
    return preferences.keySet().stream()
        .map(RECENT::matcher)
        .filter(Matcher::matches)
        .filter(entry -> preferences.containsKey(entry.group(1) + "." + NAME))
        .map(
            entry ->
                new Machine(
                    preferences.get(entry.group(1) + "." + NAME),
                    Path.of(preferences.get(entry.group()))))
        .filter(machine -> Files.isRegularFile(machine.vmx()));
  }

  private static List<Machine> below(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
      return files
          .filter(file -> file.toString().endsWith(".vmx"))
          .flatMap(
              file ->
                  Stream.ofNullable(values(file).get(NAME)).map(name -> new Machine(name, file)))
          .sorted(Comparator.comparing(Machine::name))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw LabException.conflict(directory + " cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> values(Path file) {
    try {
      return Files.exists(file) ? VmwareFile.read(file).values() : Map.of();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be read", e);
      return Map.of();
    }
  }

  /** Takes a machine off the list; harmless if it is not on it. */
  synchronized void forget(Path vmx) {
    if (!Files.exists(list())) {
      return;
    }
    try {
      VmwareFile file = VmwareFile.read(list());
      List<String> entries =
          file.values().entrySet().stream()
              .filter(entry -> entry.getValue().equals(vmx.toString()))
              .map(entry -> ENTRY.matcher(entry.getKey()))
              .filter(Matcher::matches)
              .map(entry -> entry.group(1) + ".")
              .toList();
      if (!entries.isEmpty()) {
        file.removeIf(name -> entries.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith));
        file.write();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, vmx + " stays on VMware's list", e);
    }
  }
}
