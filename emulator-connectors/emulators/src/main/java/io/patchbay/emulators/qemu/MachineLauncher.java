package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.BootFiles;
import io.patchbay.emulators.qemu.machine.Drive;
import io.patchbay.emulators.qemu.machine.GuestConsole;
import io.patchbay.emulators.qemu.machine.Launch;
import io.patchbay.emulators.qemu.machine.NicBackend;
import io.patchbay.emulators.qemu.machine.QemuCommandLine;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.emulators.qemu.machine.QemuSettings.OnClose;
import io.patchbay.emulators.qemu.machine.QemuVersion;
import io.patchbay.emulators.qemu.qmp.QmpEvent;
import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.FreeMemory;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has machines come up: makes ready what they need, and gives all of it back if one does not. */
final class MachineLauncher {
  private final ResourceAdapter adapter;
  private final Acceleration acceleration;

  /** As nice(1) counts. */
  private static final Map<String, Integer> NICENESS =
      Map.of("realtime", -20, "very high", -15, "high", -5, "normal", 0, "low", 5, "very low", 19);

  MachineLauncher(ResourceAdapter adapter, Acceleration acceleration) {
    this.adapter = adapter;
    this.acceleration = acceleration;
  }

  /**
   * @param plan what is to run
   * @param onEvent takes what QEMU tells
   * @param warn takes what the user should know of a machine that comes up
   * @throws LabException (CONFLICT) if the machine does not come up; nothing is left then
   */
  QemuConnection launch(MachinePlan plan, Consumer<QmpEvent> onEvent, Consumer<String> warn) {
    QemuSettings settings = plan.settings();
    QemuVersion version = plan.program().version();
    if (settings.flag("legacy_networking") && version.isAtLeast(2, 9)) {
      throw LabException.conflict("QEMU has no legacy networking since release 2.9");
    }
    Path directory = made(plan.directory());
    QemuImages images = QemuImages.of(adapter.images(), plan.site().projectDirectory(), settings);
    Optional<BootFiles.Uefi> uefi =
        settings.flag("uefi")
            ? Optional.of(Firmware.prepare(adapter.images(), directory))
            : Optional.empty();
    BootFiles boot = images.bootFiles(uefi);
    QemuDisks disks = new QemuDisks(plan.program(), directory, settings, images);
    List<Drive> drives = disks.prepare(warn);
    boolean resumes = settings.onClose() == OnClose.SAVE_VM_STATE && disks.hasSavedState();
    if (!resumes) {
      disks.deleteSavedState();
    }
    boolean kvm = acceleration.useKvm(plan.program(), plan.options(), warn);
    FreeMemory.here().shortage(settings.number("ram")).ifPresent(warn);
    QemuSockets sockets = plan.sockets();
    sockets.clear();
    Companions companions = new Companions(adapter.processes(), directory);
    Optional<NicTunnels> tunnels = Optional.empty();
    try {
      tunnels = Optional.of(NicTunnels.open(adapter, settings.adapters()));
      if (settings.flag("tpm")) {
        companions.startTpm(sockets.tpm());
      }
      GuestConsole console = plan.console();
      List<String> command =
          QemuCommandLine.of(
              new Launch(
                  plan.program(),
                  version,
                  plan.name(),
                  plan.site().nodeId(),
                  settings,
                  kvm,
                  boot,
                  drives,
                  backends(tunnels.get()),
                  console,
                  plan.auxiliary(),
                  sockets.qmp(),
                  settings.flag("tpm") ? Optional.of(sockets.tpm()) : Optional.empty(),
                  resumes ? Optional.of(QemuDisks.SAVED_STATE) : Optional.empty(),
                  plan.options()));
      QemuConnection connection =
          QemuConnection.launch(
              adapter,
              new QemuConnection.Setup(
                  directory,
                  sockets,
                  tunnels.get(),
                  companions,
                  command,
                  NICENESS.get(settings.text("process_priority")),
                  console instanceof GuestConsole.Serial,
                  plan.auxiliary().isPresent()),
              onEvent);
      if (resumes) {
        forget(connection, warn);
      }
      throttle(connection, settings.number("cpu_throttling"), warn);
      return connection;
    } catch (IOException | LabException failed) {
      tunnels.ifPresent(NicTunnels::close);
      companions.close();
      throw failed instanceof LabException refused
          ? refused
          : LabException.conflict("QEMU cannot be started: " + failed.getMessage());
    }
  }

  private static List<NicBackend> backends(NicTunnels tunnels) {
    return tunnels.pairs().stream().map(pair -> new NicBackend(pair.guest(), pair.own())).toList();
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
  }

  /** The state that was gone on from must not be gone back to, should this machine crash. */
  private static void forget(QemuConnection connection, Consumer<String> warn) {
    try {
      connection.qmp().deleteState(QemuDisks.SAVED_STATE);
    } catch (LabException kept) {
      warn.accept("The saved state stays on its disk: " + kept.getMessage());
    }
  }

  static void throttle(QemuConnection connection, int percent, Consumer<String> warn) {
    connection
        .throttle(percent)
        .ifPresent(reason -> warn.accept("The processor is not throttled: " + reason));
  }
}
