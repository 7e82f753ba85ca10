package io.patchbay.emulators.vmware;

import io.patchbay.emulators.vm.CheckedProgram;
import io.patchbay.emulators.vm.ManagerTool;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * VMware's command-line tool, vmrun, as the guide "Using vmrun to Control Virtual Machines"
 * describes it. Thread-safe.
 */
final class Vmrun {
  private static final Pattern VERSION = Pattern.compile("vmrun version (\\d{1,4})\\.(\\d{1,4})");

  /** Of Workstation 10, Player 6 and Fusion 6. */
  private static final int OLDEST_MAJOR = 1;

  private static final int OLDEST_MINOR = 13;

  private static final List<String> MAC =
      List.of(
          "/Applications/VMware Fusion.app/Contents/Public/vmrun",
          "/Applications/VMware Fusion.app/Contents/Library/vmrun");

  /** What vmrun says of a Player that is taken for a Workstation. */
  private static final String NO_WORKSTATION = "VIX_SERVICEPROVIDER_VMWARE_WORKSTATION";

  private final VmwareConfig config;
  private final ManagerTool tool;
  private final CheckedProgram program;
  private Optional<HostType> hostType = Optional.empty();

  /**
   * @param patience how long it may take
   */
  Vmrun(VmwareConfig config, Duration patience) {
    this.config = config;
    tool = new ManagerTool(patience, false);
    program =
        new CheckedProgram(
            this::find,
            "vmrun is not found: VMware is not installed, or patchbay.vmware.path does not say"
                + " where it is",
            this::requireVersion);
  }

  /** Why it cannot be used; empty if it can. */
  Optional<String> unavailable() {
    return program.unavailable();
  }

  private Optional<Path> find() {
    return config.vmrun().isEmpty()
        ? Stream.concat(Stream.of("vmrun"), MAC.stream())
            .flatMap(name -> Programs.find(name).stream())
            .findFirst()
        : Programs.find(config.vmrun());
  }

  private void requireVersion(Path candidate) {
    // It tells its version and complains that it was not told what to do.
    Matcher version = VERSION.matcher(tool.attempt(candidate, List.of()).output());
    if (!version.find()) {
      throw LabException.conflict(candidate + " does not tell its version as vmrun does");
    }
    int major = Integer.parseInt(version.group(1));
    if (major < OLDEST_MAJOR
        || major == OLDEST_MAJOR && Integer.parseInt(version.group(2)) < OLDEST_MINOR) {
      throw LabException.conflict(
          candidate + ": " + version.group() + " is too old; 1.13 comes with Workstation 10");
    }
  }

  /**
   * Which product is installed; what is configured counts, else what the product says of itself.
   */
  synchronized HostType hostType() {
    if (hostType.isEmpty()) {
      hostType =
          Optional.of(
              config.hostType().equals("auto")
                  ? detect(program.require())
                  : HostType.valueOf(config.hostType().toUpperCase(Locale.ROOT)));
    }
    return hostType.get();
  }

  private HostType detect(Path vmrun) {
    if (vmrun.toString().contains("VMware Fusion")) {
      return HostType.FUSION;
    }
    boolean player =
        Stream.of("vmware", "vmplayer")
            .flatMap(name -> beside(vmrun, name).or(() -> Programs.find(name)).stream())
            .findFirst()
            .map(product -> tool.attempt(product, List.of("-v")).output().contains("Player"))
            .orElse(false);
    return player ? HostType.PLAYER : HostType.WS;
  }

  private static Optional<Path> beside(Path vmrun, String name) {
    try {
      return Programs.find(vmrun.toRealPath().resolveSibling(name).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private synchronized void noWorkstation() {
    hostType = Optional.of(HostType.PLAYER);
  }

  /**
   * Has it do something.
   *
   * @return what it printed, line by line
   * @throws LabException (CONFLICT) with its words if it refuses, or if it does not end in time
   */
  List<String> run(String... words) {
    Tool.Result result = attempt(words);
    if (!result.isDone() && result.output().contains(NO_WORKSTATION)) {
      noWorkstation();
      result = attempt(words);
    }
    if (!result.isDone()) {
      throw LabException.conflict("VMware refuses: " + complaint(result));
    }
    return result.output().lines().toList();
  }

  private Tool.Result attempt(String... words) {
    List<String> arguments = new ArrayList<>(List.of("-T", hostType().option()));
    arguments.addAll(List.of(words));
    return tool.attempt(program.require(), arguments);
  }

  private static String complaint(Tool.Result result) {
    // It prints errors to its standard output.
    return (result.output() + result.errors())
        .lines()
        .map(line -> line.replaceFirst("^Error: ", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("vmrun ended with status " + result.status());
  }

  /**
   * Whether a machine is on, standing still or not.
   *
   * @throws LabException (CONFLICT) too if the answer makes no sense
   */
  boolean isOn(Path machine) {
    List<String> lines = run("list");
    if (lines.isEmpty() || !lines.getFirst().matches("Total running VMs: \\d+")) {
      throw LabException.conflict("vmrun does not tell which machines are on");
    }
    return lines.stream().skip(1).anyMatch(line -> isSame(line.strip(), machine));
  }

  private static boolean isSame(String path, Path machine) {
    try {
      return machine.toString().equals(path) || Files.isSameFile(Path.of(path), machine);
    } catch (IOException | InvalidPathException none) {
      return false;
    }
  }
}
