package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.vm.CheckedProgram;
import io.patchbay.emulators.vm.ManagerTool;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.LabException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * VirtualBox's command-line tool, VBoxManage, as its manual describes it for the releases 5 to 7.
 * Thread-safe.
 */
final class VBoxManage {
  private static final int OLDEST = 5;
  private static final Duration UNLOCK_PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Pattern VERSION = Pattern.compile("(?m)^(\\d{1,4})\\.\\d+\\.\\d+\\S*\\s*$");
  private static final Pattern LISTED = Pattern.compile("\"(.*)\" \\{([0-9a-fA-F-]{36})}");
  private static final Pattern ERROR = Pattern.compile("(?m)^VBoxManage(?:\\.exe)?: error: (.*)$");
  private static final String INACCESSIBLE = "<inaccessible>";

  /** Where it is if it is not on the {@code PATH}. */
  private static final String MAC = "/Applications/VirtualBox.app/Contents/MacOS/VBoxManage";

  private static final List<String> WINDOWS = List.of("VBOX_INSTALL_PATH", "VBOX_MSI_INSTALL_PATH");

  private final String configured;
  private final ManagerTool tool;
  private final CheckedProgram program;

  /**
   * A machine as a list has it.
   *
   * @param id its UUID
   */
  record Listed(String name, String id) {}

  /**
   * @param configured a path, or a name on the {@code PATH}; empty to look for it
   * @param patience how long it may take
   */
  VBoxManage(String configured, Duration patience) {
    this.configured = configured;
    // Several at once have been seen to fail with errors that make no sense.
    tool = new ManagerTool(patience, true);
    program =
        new CheckedProgram(
            this::find,
            "VBoxManage is not found: VirtualBox is not installed, or patchbay.virtualbox.path"
                + " does not say where it is",
            this::requireVersion);
  }

  /** Why it cannot be used; empty if it can. */
  Optional<String> unavailable() {
    return program.unavailable();
  }

  private Optional<Path> find() {
    if (!configured.isEmpty()) {
      return Programs.find(configured);
    }
    return Stream.concat(
            Stream.of("VBoxManage", "vboxmanage", MAC),
            WINDOWS.stream()
                .map(System::getenv)
                .filter(directory -> directory != null)
                .map(directory -> Path.of(directory, "VBoxManage.exe").toString()))
        .flatMap(name -> Programs.find(name).stream())
        .findFirst();
  }

  private void requireVersion(Path candidate) {
    Tool.Result result = tool.attempt(candidate, List.of("--version"));
    Matcher version = VERSION.matcher(result.output());
    if (!result.isDone() || !version.find()) {
      throw LabException.conflict(candidate + " does not tell its version as VBoxManage does");
    }
    if (Integer.parseInt(version.group(1)) < OLDEST) {
      throw LabException.conflict(
          candidate
              + " is of VirtualBox "
              + version.group().strip()
              + ", and 5 or newer is needed");
    }
  }

  /**
   * Has it do something.
   *
   * @return what it printed, line by line
   * @throws LabException (CONFLICT) with its words if it refuses, or if it does not end in time
   */
  List<String> run(String subcommand, String... arguments) {
    return run(subcommand, List.of(arguments));
  }

  /**
   * Changes a machine as soon as VirtualBox lets it be changed, which is a while after it says that
   * it is off.
   *
   * @param options tells what to change, by what is known of the machine; nothing if it is empty
   */
  void modifyOnceUnlocked(String id, Function<VmInfo, List<String>> options) {
    long deadline = System.nanoTime() + UNLOCK_PATIENCE.toNanos();
    while (true) {
      try {
        List<String> wanted = options.apply(info(id));
        if (!wanted.isEmpty()) {
          modify(id, wanted);
        }
        return;
      } catch (LabException refused) {
        if (!refused.getMessage().contains("lock") || System.nanoTime() > deadline) {
          throw refused;
        }
      }
      pauseBriefly();
    }
  }

  private static void pauseBriefly() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The server stops");
    }
  }

  /** Changes a machine that is off. */
  void modify(String id, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(id));
    arguments.addAll(options);
    run("modifyvm", arguments);
  }

  List<String> run(String subcommand, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--nologo", subcommand));
    all.addAll(arguments);
    Tool.Result result = tool.attempt(program.require(), all);
    if (!result.isDone()) {
      throw LabException.conflict("VirtualBox refuses: " + complaint(result));
    }
    return result.output().lines().toList();
  }

  private static String complaint(Tool.Result result) {
    Matcher error = ERROR.matcher(result.errors());
    return error.find()
        ? error.group(1)
        : (result.errors() + result.output())
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("VBoxManage ended with status " + result.status());
  }

  /** The machines that are registered and can be read. */
  List<Listed> list() {
    return run("list", "vms").stream()
        .map(LISTED::matcher)
        .filter(Matcher::matches)
        .map(line -> new Listed(line.group(1), line.group(2)))
        .filter(machine -> !machine.name().equals(INACCESSIBLE))
        .toList();
  }

  /**
   * What is known of a machine.
   *
   * @param machine its name or its UUID
   */
  VmInfo info(String machine) {
    // The dashes keep a name that begins with one from being taken for an option.
    return VmInfo.of(run("showvminfo", "--machinereadable", "--", machine));
  }

  /** What VirtualBox itself can do, such as how many adapters a chipset has. */
  Map<String, String> systemProperties() {
    return pairs(run("list", "systemproperties")).stream()
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> pair[1], (first, second) -> first, LinkedHashMap::new));
  }

  /** Where disks are that are registered, with their states. */
  Map<String, String> disks() {
    Map<String, String> states = new LinkedHashMap<>();
    String state = "";
    for (String[] pair : pairs(run("list", "hdds"))) {
      switch (pair[0]) {
        case "State" -> state = pair[1];
        case "Location" -> states.put(pair[1], state);
        default -> {
          // Of no interest here.
        }
      }
    }
    return states;
  }

  private static List<String[]> pairs(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2)
        .map(pair -> new String[] {pair[0].strip(), pair[1].strip()})
        .toList();
  }

  /** An extra datum of a machine; empty if it has none of that name. */
  Optional<String> extraDatum(String id, String name) {
    return value(run("getextradata", id, name));
  }

  /** A property that is told to a machine's guest; empty if it has none of that name. */
  Optional<String> guestProperty(String id, String name) {
    return value(run("guestproperty", "get", id, name));
  }

  private static Optional<String> value(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("Value:"))
        .map(line -> line.substring("Value:".length()).strip())
        .findFirst();
  }
}
