package io.patchbay.emulators.qemu.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes QEMU's command line. A pure function: nothing is looked up. */
public final class QemuCommandLine {
  private QemuCommandLine() {}

  public static List<String> of(Launch launch) {
    List<String> line = new ArrayList<>();
    QemuSettings settings = launch.settings();
    line.add(launch.program().path().toString());
    line.addAll(List.of("-name", escape(launch.name())));
    line.addAll(List.of("-m", settings.number("ram") + "M"));
    line.addAll(List.of("-smp", processors(settings)));
    if (launch.kvm()) {
      line.add("-enable-kvm");
      if (launch.program().platform().equals("x86_64")) {
        // Some processors of Intel's do not start a machine with it.
        line.addAll(List.of("-machine", "smm=off"));
      }
    }
    line.addAll(List.of("-boot", "order=" + settings.text("boot_priority")));
    line.addAll(firmware(launch.boot()));
    launch.boot().cdrom().ifPresent(image -> line.addAll(List.of("-cdrom", escape(image))));
    launch.drives().forEach(drive -> line.addAll(DiskArguments.of(drive, launch.version())));
    line.addAll(kernel(launch));
    if (!launch.options().contains("-uuid")) {
      line.addAll(List.of("-uuid", launch.nodeId().toString()));
    }
    line.addAll(ConsoleArguments.of(launch));
    line.addAll(List.of("-qmp", "unix:" + escape(launch.qmp()) + ",server=on,wait=off"));
    line.addAll(NetworkArguments.of(launch));
    launch.savedState().ifPresent(tag -> line.addAll(List.of("-loadvm", tag)));
    launch
        .tpm()
        .ifPresent(
            socket ->
                line.addAll(
                    List.of(
                        "-chardev", "socket,id=chrtpm,path=" + escape(socket),
                        "-tpmdev", "emulator,id=tpm0,chardev=chrtpm",
                        "-device", "tpm-tis,tpmdev=tpm0")));
    line.addAll(launch.options());
    return List.copyOf(line);
  }

  private static String processors(QemuSettings settings) {
    int cpus = settings.number("cpus");
    return "cpus="
        + cpus
        + (settings.maxCpus() > cpus ? ",maxcpus=" + settings.maxCpus() : "")
        + ",sockets=1";
  }

  private static List<String> firmware(BootFiles boot) {
    List<String> arguments = new ArrayList<>();
    boot.bios().ifPresent(image -> arguments.addAll(List.of("-bios", escape(image))));
    boot.firmware()
        .ifPresent(
            uefi ->
                arguments.addAll(
                    List.of(
                        "-drive", "if=pflash,format=raw,readonly=on,file=" + escape(uefi.code()),
                        "-drive", "if=pflash,format=raw,file=" + escape(uefi.variables()))));
    return arguments;
  }

  private static List<String> kernel(Launch launch) {
    List<String> arguments = new ArrayList<>();
    BootFiles boot = launch.boot();
    boot.initrd().ifPresent(image -> arguments.addAll(List.of("-initrd", escape(image))));
    boot.kernel().ifPresent(image -> arguments.addAll(List.of("-kernel", escape(image))));
    String commandLine = launch.settings().text("kernel_command_line");
    if (!commandLine.isEmpty()) {
      arguments.addAll(List.of("-append", commandLine));
    }
    return arguments;
  }

  /** A value within an option: its commas would begin the next one. */
  static String escape(String value) {
    return value.replace(",", ",,");
  }

  static String escape(Path path) {
    return escape(path.toString());
  }
}
