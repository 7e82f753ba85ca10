package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.GuestConsole;
import io.patchbay.emulators.qemu.machine.QemuProgram;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.spi.NodeSite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A machine that is to run.
 *
 * @param name the node's, which may have changed since the site was made
 * @param directory of the node
 * @param auxiliary socket of one more serial port
 * @param options what the user adds to the command line, checked
 */
record MachinePlan(
    NodeSite site,
    String name,
    Path directory,
    QemuProgram program,
    QemuSettings settings,
    GuestConsole console,
    Optional<Path> auxiliary,
    QemuSockets sockets,
    List<String> options) {}
